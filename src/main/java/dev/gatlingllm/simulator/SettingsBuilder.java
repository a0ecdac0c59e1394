package dev.gatlingllm.simulator;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Builds {@link SimulatorSettings}. Ranges are checked by {@link #build()}, which names the setting
 * and the value. Not safe for use by several threads.
 *
 * <pre>{@code
 * SimulatorSettings.builder().capacity(4).tokensPerSecond(50).fault(Fault.CUT, 0.1).build()
 * }</pre>
 */
public final class SettingsBuilder {

  private Duration timeToFirstToken = Duration.ofMillis(200);
  private double prefillMillisPerInputToken = 0.05;
  private double tokensPerSecond = 150;
  private int tokensPerChunk = 3;
  private Jitter firstTokenJitter = Jitter.uniform(0.1);
  private Jitter gapJitter = Jitter.uniform(0.1);

  private OptionalInt outputTokens = OptionalInt.empty();
  private int defaultMaxTokens = 256;
  private int reasoningTokens;
  private boolean reasoningStreamed = true;
  private double cachedFraction;

  private Duration cacheTtl = Duration.ZERO;
  private int cacheMinTokens = 1_024;

  private int capacity = 10;
  private OptionalInt queueLimit = OptionalInt.empty();
  private OptionalLong requestsPerMinute = OptionalLong.empty();
  private OptionalLong tokensPerMinute = OptionalLong.empty();
  private Duration burst = Duration.ofSeconds(10);
  private boolean retryAfter = true;
  private boolean retryAfterMillis = true;

  private final Map<Fault, Double> rates = new EnumMap<>(Fault.class);
  private int faultAfterChunks = 2;
  private Duration throttleWait = Duration.ofSeconds(1);

  private String bind = "127.0.0.1";
  private int port;
  private boolean tls;
  private int threads = 2;
  private Optional<String> apiKey = Optional.empty();
  private String region = "simulated";
  private OptionalDouble utilizationPercent = OptionalDouble.empty();
  private int recordedCalls = 10_000;
  private long seed = 1;

  SettingsBuilder() {}

  /** Time to the first token of an empty prompt. Default 200 ms. */
  public SettingsBuilder timeToFirstToken(Duration value) {
    timeToFirstToken = value;
    return this;
  }

  /** What each input token adds to the time to the first token. Default 0.05 ms. */
  public SettingsBuilder prefillMillisPerInputToken(double value) {
    prefillMillisPerInputToken = value;
    return this;
  }

  /** Decode rate of each call. Default 150. */
  public SettingsBuilder tokensPerSecond(double value) {
    tokensPerSecond = value;
    return this;
  }

  /** How many tokens one chunk carries. Default 3. */
  public SettingsBuilder tokensPerChunk(int value) {
    tokensPerChunk = value;
    return this;
  }

  /** Scatter of the time to the first token. Default uniform, 10 % either way. */
  public SettingsBuilder firstTokenJitter(Jitter value) {
    firstTokenJitter = value;
    return this;
  }

  /** Scatter of each gap. Default uniform, 10 % either way. */
  public SettingsBuilder gapJitter(Jitter value) {
    gapJitter = value;
    return this;
  }

  /** How many tokens an answer has, up to the request's max tokens. Default: as many as those. */
  public SettingsBuilder outputTokens(int value) {
    outputTokens = OptionalInt.of(value);
    return this;
  }

  /** How many tokens an answer has if neither the request nor a setting says so. Default 256. */
  public SettingsBuilder defaultMaxTokens(int value) {
    defaultMaxTokens = value;
    return this;
  }

  /** How many of the output tokens are reasoning. Default 0. */
  public SettingsBuilder reasoningTokens(int value) {
    reasoningTokens = value;
    return this;
  }

  /** Whether reasoning is sent rather than only taking its time. Default true. */
  public SettingsBuilder reasoningStreamed(boolean value) {
    reasoningStreamed = value;
    return this;
  }

  /** Which part of the input tokens is reported as cached. Default 0. */
  public SettingsBuilder cachedFraction(double value) {
    cachedFraction = value;
    return this;
  }

  /** How long prompts stay in a cache after their last use. Default zero: there is none. */
  public SettingsBuilder cacheTtl(Duration value) {
    cacheTtl = value;
    return this;
  }

  /** The smallest part of a prompt that the cache keeps. Default 1,024. */
  public SettingsBuilder cacheMinTokens(int value) {
    cacheMinTokens = value;
    return this;
  }

  /** Calls served at the same time. Default 10. */
  public SettingsBuilder capacity(int value) {
    capacity = value;
    return this;
  }

  /** How many calls may wait to be served. Default: any number. */
  public SettingsBuilder queueLimit(int value) {
    queueLimit = OptionalInt.of(value);
    return this;
  }

  /** Quota of requests. Default none. */
  public SettingsBuilder requestsPerMinute(long value) {
    requestsPerMinute = OptionalLong.of(value);
    return this;
  }

  /** Quota of tokens. Default none. */
  public SettingsBuilder tokensPerMinute(long value) {
    tokensPerMinute = OptionalLong.of(value);
    return this;
  }

  /** How much of a quota may be used at once, as the time in which it comes back. Default 10 s. */
  public SettingsBuilder burst(Duration value) {
    burst = value;
    return this;
  }

  /** Whether throttled calls are told {@code retry-after}. Default true. */
  public SettingsBuilder retryAfter(boolean value) {
    retryAfter = value;
    return this;
  }

  /** Whether throttled calls are told {@code retry-after-ms}. Default true. */
  public SettingsBuilder retryAfterMillis(boolean value) {
    retryAfterMillis = value;
    return this;
  }

  /** The share of calls with a fault, 0 to 1. Default 0 for each. */
  public SettingsBuilder fault(Fault fault, double rate) {
    rates.put(fault, rate);
    return this;
  }

  /** After how many chunks a fault in mid-stream strikes. Default 2. */
  public SettingsBuilder faultAfterChunks(int value) {
    faultAfterChunks = value;
    return this;
  }

  /** How long {@link Fault#THROTTLE} asks to wait. Default 1 s. */
  public SettingsBuilder throttleWait(Duration value) {
    throttleWait = value;
    return this;
  }

  /** Address to listen on. Default 127.0.0.1. */
  public SettingsBuilder bind(String value) {
    bind = value;
    return this;
  }

  /** Port to listen on. Default 0: any free one. */
  public SettingsBuilder port(int value) {
    port = value;
    return this;
  }

  /**
   * Whether it speaks TLS, with a certificate for loopback that it makes for itself; see {@link
   * Simulator#certificate()}. Default false.
   */
  public SettingsBuilder tls(boolean value) {
    tls = value;
    return this;
  }

  /** Number of event loops. Default 2. */
  public SettingsBuilder threads(int value) {
    threads = value;
    return this;
  }

  /** The key that every call must carry. Default: none is asked for. */
  public SettingsBuilder apiKey(String value) {
    apiKey = Optional.of(value);
    return this;
  }

  /** The region that answers name. Default {@code simulated}. */
  public SettingsBuilder region(String value) {
    region = value;
    return this;
  }

  /** What answers say about the deployment's utilisation. Default: nothing. */
  public SettingsBuilder utilizationPercent(double value) {
    utilizationPercent = OptionalDouble.of(value);
    return this;
  }

  /** How many calls are kept, the latest; 0 for none. Default 10,000. */
  public SettingsBuilder recordedCalls(int value) {
    recordedCalls = value;
    return this;
  }

  /** Decides all that is random. Default 1. */
  public SettingsBuilder seed(long value) {
    seed = value;
    return this;
  }

  /**
   * The settings.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public SimulatorSettings build() {
    return new SimulatorSettings(
        new LatencySettings(
            timeToFirstToken,
            prefillMillisPerInputToken,
            tokensPerSecond,
            tokensPerChunk,
            firstTokenJitter,
            gapJitter),
        new AnswerSettings(
            outputTokens, defaultMaxTokens, reasoningTokens, reasoningStreamed, cachedFraction),
        new CacheSettings(cacheTtl, cacheMinTokens),
        new LimitSettings(
            capacity,
            queueLimit,
            requestsPerMinute,
            tokensPerMinute,
            burst,
            retryAfter,
            retryAfterMillis),
        new FaultSettings(rates, faultAfterChunks, throttleWait),
        new ServerSettings(
            bind, port, tls, threads, apiKey, region, utilizationPercent, recordedCalls),
        seed);
  }
}
