package dev.gatlingllm.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the prefixes of one conversation that a prompt cache may know: up to each cache point, or
 * every 128 tokens. Used for one request.
 */
final class CachePrefixes {

  private static final int STEP = 128;
  private static final int PER_MESSAGE = 3;

  private final int minTokens;
  private final boolean automatic;
  private final List<CachePrefix> found = new ArrayList<>();
  private long hash;
  private int tokens;
  private int next;

  private CachePrefixes(int minTokens, boolean automatic, String model) {
    this.minTokens = minTokens;
    this.automatic = automatic;
    this.hash = model.hashCode();
    this.next = minTokens;
  }

  /**
   * The prefixes, ascending.
   *
   * @param minTokens the smallest prefix that is kept
   * @param automatic whether the service caches by itself, rather than up to cache points
   */
  static List<CachePrefix> of(int minTokens, boolean automatic, String model, JsonNode root) {
    CachePrefixes prefixes = new CachePrefixes(minTokens, automatic, model);
    if (!root.path("system").isMissingNode()) {
      prefixes.message("system", root.path("system"));
    }
    if (root.path("instructions").isTextual()) {
      prefixes.message("system", root.path("instructions"));
    }
    if (root.path("input").isTextual()) {
      prefixes.message("user", root.path("input"));
    }
    for (String turns : List.of("messages", "input")) {
      for (JsonNode message : root.path(turns)) {
        prefixes.message(message.path("role").asText(), message.path("content"));
      }
    }
    return prefixes.found;
  }

  private void message(String role, JsonNode content) {
    tokens += PER_MESSAGE;
    text(role);
    if (content.isTextual()) {
      text(content.asText());
    }
    for (JsonNode block : content) {
      text(block.path("text").asText(""));
      if (block.has("cachePoint") || block.has("cache_control")) {
        point();
      }
    }
  }

  private void text(String text) {
    for (int token : PromptTokens.encoded(text)) {
      tokens++;
      hash = hash * 0x9E3779B97F4A7C15L + token + 1;
      if (automatic && tokens >= next) {
        found.add(new CachePrefix(next, hash));
        next += STEP;
      }
    }
  }

  private void point() {
    if (!automatic && tokens >= minTokens) {
      found.add(new CachePrefix(tokens, hash));
    }
  }
}
