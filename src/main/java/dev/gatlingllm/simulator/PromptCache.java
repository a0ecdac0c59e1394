package dev.gatlingllm.simulator;

import dev.gatlingllm.simulator.wire.CachePrefix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prefixes of conversations that need not be computed again. Safe for use by many threads. */
final class PromptCache {

  private static final int MOST_PREFIXES = 100_000;

  private final long ttlNanos;
  private final Map<Long, Long> readyNanos =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
          return size() > MOST_PREFIXES;
        }
      };

  PromptCache(CacheSettings settings) {
    this.ttlNanos = settings.cacheTtl().toNanos();
  }

  /**
   * How many tokens of the longest prefix that is known; 0 if none is.
   *
   * @param prefixes ascending by size
   */
  synchronized int longest(List<CachePrefix> prefixes, long nowNanos) {
    for (int i = prefixes.size() - 1; i >= 0; i--) {
      Long ready = readyNanos.get(prefixes.get(i).hash());
      if (ready != null && ready <= nowNanos && nowNanos - ready <= ttlNanos) {
        return prefixes.get(i).tokens();
      }
    }
    return 0;
  }

  /**
   * Keeps prefixes.
   *
   * @param fromNanos when they will have been computed; those that are known stay known until then
   */
  synchronized void keep(List<CachePrefix> prefixes, long nowNanos, long fromNanos) {
    for (CachePrefix prefix : prefixes) {
      Long ready = readyNanos.get(prefix.hash());
      boolean known = ready != null && ready <= nowNanos && nowNanos - ready <= ttlNanos;
      boolean underWay = ready != null && ready > nowNanos;
      if (!underWay) {
        readyNanos.put(prefix.hash(), known ? nowNanos : fromNanos);
      }
    }
  }
}
