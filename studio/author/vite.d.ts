declare module '*?worker' {
  const create: new () => Worker
  export default create
}

declare module 'monaco-editor/editor/contrib/suggest/browser/suggestController.js'
