/** A library under load. */
interface Contender {
  /** One log call. */
  void call(Entry entry);

  /** Delivers everything, and says how many records it dropped, if it knows. */
  long finish();
}
