/** Puts the page into the document. */
import { render } from 'solid-js/web';
import { App } from './app';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/marks.css';
import './styles/controls.css';
import './styles/overview.css';
import './styles/welcome.css';
import './styles/chart.css';
import './styles/row.css';
import './styles/stream.css';
import './styles/details.css';
import './styles/facets.css';
import './styles/popover.css';
import './styles/hits.css';
import './styles/search.css';
import './styles/clients.css';
import './styles/system.css';
import './styles/settings.css';
import './styles/dialogs.css';
import './styles/palette.css';

const root = document.getElementById('root');
if (root !== null) render(() => <App />, root);
