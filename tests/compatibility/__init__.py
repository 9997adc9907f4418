"""What an earlier version wrote, kept as files, and tests that it is read, and written, as it was then.

`data` was written by the code of commit 65d2b13 (`write_fixtures`):

- `items`: the table after `scenario`; `later`: what had changed after three more days; `objects`: the bucket;
- `messages`: what the queues delivered; `outgoing`: mails and webhooks' requests;
- `answers`: what the API answered to readers of these items; `scenario.json`: who they are;
- `export-*.zip`: archives of three of the organisations;
- `policies`: each preset and the recorded `data/uk-financial.yaml` as a published version;
- `contract.json`: the API's operations and the template's names.

Nothing is left out of the comparison but the order of a job's `counts` (`dump._normal`). All is invented: the keys are
made of their names (`world`), and no key of it opens anything else. The archives and the sizes and digests of them that
items hold are zlib's, and the photo's is Pillow's: another version of these may write other bytes.
"""
