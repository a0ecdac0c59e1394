package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord.Tokens;
import java.util.Optional;
import java.util.OptionalLong;

/** Counts what calls say of a prompt cache. Confined to one thread. */
final class CacheTally {

  private long calls;
  private long hits;
  private long inputTokens;
  private long readTokens;
  private OptionalLong writtenTokens = OptionalLong.empty();

  /** Adds the tokens of a succeeded call. */
  void add(Tokens tokens) {
    if (tells(tokens)) {
      long read = tokens.cachedInput().getAsLong();
      calls++;
      hits += read > 0 ? 1 : 0;
      inputTokens += tokens.input().getAsLong();
      readTokens += read;
    }
    if (tokens.cacheWrite().isPresent()) {
      writtenTokens = OptionalLong.of(writtenTokens.orElse(0) + tokens.cacheWrite().getAsLong());
    }
  }

  void addAll(CacheTally other) {
    calls += other.calls;
    hits += other.hits;
    inputTokens += other.inputTokens;
    readTokens += other.readTokens;
    if (other.writtenTokens.isPresent()) {
      writtenTokens = OptionalLong.of(writtenTokens.orElse(0) + other.writtenTokens.getAsLong());
    }
  }

  /** Whether the tokens of a call say how much of its input was read from the cache. */
  static boolean tells(Tokens tokens) {
    return tokens.input().isPresent() && tokens.cachedInput().isPresent();
  }

  /** Absent if no call said anything. */
  Optional<CacheUse> result() {
    return calls == 0 && writtenTokens.isEmpty()
        ? Optional.empty()
        : Optional.of(new CacheUse(calls, hits, inputTokens, readTokens, writtenTokens));
  }
}
