// The least a child process can do: it reads a message and answers one.
process.on('message', message => process.send!({ kind: 'done', result: JSON.stringify(message) }))
process.send!('ready')
