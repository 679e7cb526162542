/** What is chosen: keys and retention by an administrator, views by every reader, the rest by this browser. */
import { BrowserPanel } from '../parts/browser_panel';
import { KeysPanel } from '../parts/keys_panel';
import { RetentionPanel } from '../parts/retention_panel';
import { ViewsPanel } from '../parts/views_panel';

export function SettingsPage() {
  return (
    <main class="settings" tabindex="0">
      <header class="page-head">
        <h1>Settings</h1>
      </header>
      <div class="settings-grid">
        <KeysPanel />
        <RetentionPanel />
        <ViewsPanel />
        <BrowserPanel />
      </div>
    </main>
  );
}
