package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.SplitTarget;
import dev.gatlingllm.provider.TokenUsage;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A model service that keeps every request. It answers after a while, or when the test does. */
public final class PlayedService implements LlmClient {

  final ManualClock clock = new ManualClock();
  private final Optional<Duration> after;
  private final List<LlmRequest> requests = new ArrayList<>();
  private final List<CallListener> calls = new ArrayList<>();
  private Optional<EventLoop> loop = Optional.empty();
  private int cancelled;
  private boolean closed;
  private List<SplitTarget> targets = List.of();
  private long freezeNanos = Long.MAX_VALUE;
  private long thawNanos = Long.MAX_VALUE;

  private PlayedService(Optional<Duration> after) {
    this.after = after;
  }

  /** A service that answers every call so long after it came. */
  public static PlayedService answering(Duration after) {
    return new PlayedService(Optional.of(after));
  }

  /** The same, which does nothing for a while from an instant of its clock on. */
  PlayedService frozen(long fromNanos, Duration duration) {
    freezeNanos = fromNanos;
    thawNanos = fromNanos + duration.toNanos();
    return this;
  }

  /** When the answer to a call comes that begins at this instant and takes so long. */
  long answered(long beginNanos, long workNanos) {
    long end = beginNanos + workNanos;
    return end <= freezeNanos || beginNanos >= thawNanos
        ? end
        : thawNanos + end - Math.max(beginNanos, freezeNanos);
  }

  /** A service whose calls wait for the test. */
  static PlayedService silent() {
    return new PlayedService(Optional.empty());
  }

  /** A service whose calls are split over models of these names: a has three of four. */
  public PlayedService withTargets(String first, String second) {
    targets =
        List.of(
            new SplitTarget(first, 3, this, "model of " + first, "", Map.of()),
            new SplitTarget(second, 1, this, "", "", Map.of("top_k", 5)));
    return this;
  }

  @Override
  public List<SplitTarget> targets() {
    return targets;
  }

  /** On which its answers come. */
  void answersOn(EventLoop newLoop) {
    loop = Optional.of(newLoop);
  }

  @Override
  public String provider() {
    return "played";
  }

  @Override
  public String defaultModel() {
    return "simulated";
  }

  @Override
  public CallHandle start(LlmRequest request, CallListener listener) {
    requests.add(request);
    calls.add(listener);
    after.ifPresent(
        delay -> {
          var unused =
              loop.orElseThrow()
                  .schedule(
                      () -> answer(listener, "All good."),
                      answered(clock.nanos(), delay.toNanos()) - clock.nanos(),
                      TimeUnit.NANOSECONDS);
        });
    return () -> cancelled++;
  }

  /** Answers a call that waits: with this text, ten input tokens and two output tokens. */
  void answer(int number, String text) {
    answer(calls.get(number), text);
  }

  private void answer(CallListener call, String text) {
    call.output(clock.nanos(), OutputKind.CONTENT, text);
    call.served(new Served("", "", "", OptionalLong.empty(), "answer"));
    call.finish("stop");
    call.usage(
        new TokenUsage(
            OptionalLong.of(10),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.of(2),
            OptionalLong.empty()));
    call.completed(clock.nanos());
  }

  /** The clock of the stage that it plays on. */
  public ManualClock clock() {
    return clock;
  }

  /** The requests so far, in the order in which they came. */
  public List<LlmRequest> requests() {
    return requests;
  }

  CallListener call(int number) {
    return calls.get(number);
  }

  int cancelled() {
    return cancelled;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
