// The worker's whole code. It goes through the build, so that its syntax is lowered too.
import './old-phones'
import 'pdfjs-dist/legacy/build/pdf.worker.js'
