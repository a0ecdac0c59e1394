package dev.gatlingllm.provider;

/** Whether a service is asked to keep a conversation up to some message in its prompt cache. */
public enum CachePoint {
  /** Nothing is asked for; a service may cache all the same. */
  NONE(""),
  /** Kept as long as the service does by itself. */
  DEFAULT(""),
  /** Kept for five minutes after its last use. */
  FIVE_MINUTES("5m"),
  /** Kept for an hour after its last use. */
  ONE_HOUR("1h");

  private final String ttl;

  CachePoint(String ttl) {
    this.ttl = ttl;
  }

  /** How long, in the words of Bedrock and Anthropic; empty if the service decides. */
  public String ttl() {
    return ttl;
  }
}
