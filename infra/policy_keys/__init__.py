"""The keys of the policy language as authors write them: their types, meanings and examples.

`parts/*.yaml` says what a key means; the language's structs say which keys there are, their defaults and their
choices. From both follow the JSON Schema of the written form (`chalicelib/policy/written_form.json`) and the table of
`docs/policy-reference.md`. `make openapi` generates both.
"""
