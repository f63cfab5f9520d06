package dev.tocsin.agent.api;

/// Whether there is memory left for queries. Any thread.
public interface Memory {
  /// There always is.
  Memory ENOUGH =
      new Memory() {
        @Override
        public boolean isShort() {
          return false;
        }

        @Override
        public void reclaim() {}
      };

  /// Whether queries have to stop. Costs less than a microsecond.
  boolean isShort();

  /// Tries to make some free, where that has not just been tried.
  void reclaim();
}
