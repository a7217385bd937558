import Type from 'typebox';
// What the author's page and the server say to each other about a desk's text and its versions.
/** No file of a pack is larger than this, in UTF-16 units. */
export const MAX_FILE_LENGTH = 256 * 1024;
export const MAX_FILES = 200;
const Files = Type.Record(Type.String({ pattern: '^[^/\\\\.][^\\\\]{0,180}\\.axle$' }), Type.String({ maxLength: MAX_FILE_LENGTH }), { maxProperties: MAX_FILES, minProperties: 1, additionalProperties: false });
export const SaveSource = Type.Object({ files: Files }, { additionalProperties: false });
export const TestSource = Type.Object({ files: Files }, { additionalProperties: false });
