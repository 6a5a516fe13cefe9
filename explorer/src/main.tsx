import { render } from 'preact';
import { Session } from './session/session';
import './style.css';
import { App } from './view/App';

const session = new Session();
render(<App session={session} />, document.getElementById('explorer')!);
void session.start();
