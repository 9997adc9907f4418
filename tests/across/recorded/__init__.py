"""What release 1.0 wrote, kept as files, and tests that it is read, verified and written as it was then.

`stories` says what ten organisations do: one on each preset, and one with a policy of its own. `data` has what came of
it:

- `policies`: the text that each organisation signed up with, the version that was published, and what it means;
- `events`: the envelopes of each record, with hashes, and the anchors over them;
- `export`: an archive with evidence, the root of its last anchor, and what the offline check said of it;
- `contract`: the API's operations with their status codes, and the names in the template;
- `played`: the policy version, events, anchors, answers, mails, requests to webhooks and the archive's content, with
  names for random values (`names`).

All but the last stay for ever. `played` is written again when an answer changes on purpose (`write`). All is invented.
The presets of today may say anything: the stories are played on the recorded texts.
"""
