import '../../styles/tokens.css'
import '../../styles/base.css'
import { mount } from 'svelte'
import App from './App.svelte'

const target = document.getElementById('app')!

// The hall's tablet is this page under another address; phones do not load its part.
if (location.pathname === '/booth') void import('./booth/Booth.svelte').then(({ default: Booth }) => mount(Booth, { target }))
else mount(App, { target })
