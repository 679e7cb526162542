/** What an administrator chooses: keys, retention, saved views. */
export function SettingsPage() {
  return (
    <main class="settings">
      <h1>Settings</h1>
    </main>
  );
}
