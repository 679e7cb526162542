/** Stored records of a time range: found, counted, read in their context. */
export function SearchPage() {
  return (
    <main class="search">
      <h1>Search</h1>
    </main>
  );
}
