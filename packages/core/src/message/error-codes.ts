/** The text could not be parsed as JSON (JSON-RPC 2.0, section 5.1). */
export const PARSE_ERROR = -32700;

/** The JSON is no message, or not one that may come now (JSON-RPC 2.0, section 5.1). */
export const INVALID_REQUEST = -32600;

/** The receiver has no such method, or did not declare the capability behind it (JSON-RPC 2.0, section 5.1). */
export const METHOD_NOT_FOUND = -32601;

/** The params are not those of the method (JSON-RPC 2.0, section 5.1). */
export const INVALID_PARAMS = -32602;

/** The receiver failed (JSON-RPC 2.0, section 5.1). */
export const INTERNAL_ERROR = -32603;

/** There is no resource with that URI (page `server/resources` of each revision). */
export const RESOURCE_NOT_FOUND = -32002;

/** The user must visit a URL first; `data.elicitations` lists which (page `client/elicitation`, since 2025-11-25). */
export const URL_ELICITATION_REQUIRED = -32042;
