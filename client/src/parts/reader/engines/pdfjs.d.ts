// The package types its main file only. Run, this one offers itself to pdf.js on the same thread.
declare module 'pdfjs-dist/legacy/build/pdf.worker.js'
