// The module Pan123: the Open Platform of 123pan (123云盘) as typed Swift calls.
//
// Everything but the few conveniences in this folder's Swift files is generated when the package is built, from the JSON
// files beside them: `service.json` says what all endpoints share, `types/` holds shapes that several use, and every other
// folder is a group with one file for each endpoint.
