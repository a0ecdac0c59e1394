package dev.gatlingllm.provider;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SerializedListenerTest {

  private static final Failure CUT = new Failure(Failure.Kind.BROKEN, 200, "", "cut");

  private static final ResponseHead OK =
      new ResponseHead(
          200,
          "",
          "",
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalDouble.empty());

  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  /** What the listener does during an event of this name, the first time. */
  private final Map<String, Action> during = new HashMap<>();

  private final List<Runnable> tasks = new ArrayList<>();
  private final AtomicInteger busy = new AtomicInteger();
  private final SerializedListener events =
      new SerializedListener(listener(), () -> 99, text -> text.replace("s3cr3t", "***"));

  private interface Action {
    void run() throws Throwable;
  }

  private CallListener listener() {
    return (CallListener)
        Proxy.newProxyInstance(
            CallListener.class.getClassLoader(),
            new Class<?>[] {CallListener.class},
            (proxy, method, arguments) -> {
              String event = method.getName();
              assertThat(busy.getAndIncrement()).as("events during " + event).isZero();
              try {
                heard.add(event + Arrays.stream(arguments).map(a -> " " + a).collect(joining()));
                Action action = during.remove(event);
                if (action != null) {
                  action.run();
                }
              } finally {
                busy.decrementAndGet();
              }
              return null;
            });
  }

  private void output(String text) {
    events.output(5, OutputKind.CONTENT, text);
  }

  private void tell(String event) {
    switch (event) {
      case "sent" -> events.sent(1);
      case "head" -> events.head(2, ResponseHead.NONE);
      case "output" -> output("a");
      case "usage" -> events.usage(TokenUsage.NONE);
      case "finish" -> events.finish("stop");
      case "completed" -> events.completed(8);
      default -> events.failed(9, CUT);
    }
  }

  private static void onAnotherThread(Runnable task) throws InterruptedException {
    Thread thread = new Thread(task);
    thread.start();
    thread.join(TimeUnit.SECONDS.toMillis(60));
    assertThat(thread.isAlive()).as("an event waits without a lock").isFalse();
  }

  @Test
  void passesEventsOnInOrderAndDropsThoseAfterTheEnd() {
    Stream.of("sent", "head", "output", "usage", "finish", "completed").forEach(this::tell);
    Stream.of("completed", "failed", "output", "finish").forEach(this::tell);
    events.stop(10, CUT, Runnable::run);

    assertThat(heard.stream().map(event -> event.replaceAll(" .*", "")))
        .containsExactly("sent", "head", "output", "usage", "finish", "completed");
    assertThat(events.ended()).isTrue();
    assertThat(events.failed()).isFalse();
  }

  @Test
  void dropsOutputWithoutText() {
    output("");

    assertThat(heard).isEmpty();
  }

  @Test
  void takesSecretsOutOfWhatItTells() {
    events.finish("Bearer abcdefgh12345");
    events.failed(9, new Failure(Failure.Kind.REJECTED, 401, "no s3cr3t", "bad key s3cr3t"));

    assertThat(heard.get(0)).isEqualTo("finish Bearer ***");
    assertThat(heard.get(1)).contains("code=no ***", "message=bad key ***");
  }

  @Test
  void aFailureWhoseTextsCannotBeScrubbedIsToldWithoutThem() {
    SerializedListener unscrubbed =
        new SerializedListener(
            listener(),
            () -> 99,
            text -> {
              throw new NoClassDefFoundError("Gate");
            });
    unscrubbed.failed(9, CUT);

    assertThat(heard).containsExactly("failed 9 " + new Failure(Failure.Kind.BROKEN, 200, "", ""));
  }

  static Stream<Arguments> throwSites() {
    return Stream.of("sent", "head", "output", "usage", "finish")
        .flatMap(event -> throwables().map(thrown -> Arguments.of(event, thrown)));
  }

  static Stream<Throwable> throwables() {
    return Stream.of(
        new IllegalStateException("s3cr3t"),
        new Exception("checked"),
        new NoClassDefFoundError("gone"),
        new AssertionError("no"),
        new StackOverflowError(),
        new OutOfMemoryError("Java heap space"));
  }

  @ParameterizedTest
  @MethodSource("throwSites")
  void whateverAListenerThrowsEndsTheAttemptOnce(String event, Throwable thrown) {
    during.put(
        event,
        () -> {
          throw thrown;
        });
    tell(event);
    Stream.of("output", "completed", "failed").forEach(this::tell);

    assertThat(heard).hasSize(2);
    assertThat(heard.get(1))
        .startsWith("failed 99 Failure[kind=")
        .contains(thrown instanceof OutOfMemoryError ? "EXHAUSTED" : "CRASHED")
        .doesNotContain("s3cr3t");
    assertThat(events.failed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"completed", "failed"})
  void whatAListenerThrowsAtTheEndIsNotThrownOn(String end) {
    during.put(
        end,
        () -> {
          throw new LinkageError("gone");
        });
    tell(end);
    Stream.of("output", "completed", "failed").forEach(this::tell);

    assertThat(heard).hasSize(1);
  }

  @Test
  void aListenerThatThrowsAgainWhenItHearsOfItsCrashHasHeardTheEnd() {
    Action crash =
        () -> {
          throw new LinkageError("gone");
        };
    during.put("output", crash);
    during.put("failed", crash);
    Stream.of("output", "output", "completed").forEach(this::tell);

    assertThat(heard).hasSize(2);
  }

  @Test
  void anEventFromWithinAnEventWaitsUntilThatIsOver() {
    during.put(
        "output",
        () -> {
          output("b");
          events.completed(6);
          output("c");
          assertThat(heard).hasSize(1);
        });
    output("a");

    assertThat(heard).containsExactly("output 5 CONTENT a", "output 5 CONTENT b", "completed 6");
  }

  @Test
  void anEndFromAnotherThreadWaitsUntilTheEventIsOver() {
    during.put(
        "output",
        () -> {
          onAnotherThread(() -> events.completed(6));
          assertThat(heard).hasSize(1);
        });
    output("a");

    assertThat(heard).containsExactly("output 5 CONTENT a", "completed 6");
  }

  @Test
  void aListenerThatThrowsWhileAnEndWaitsHasCrashed() {
    during.put(
        "output",
        () -> {
          onAnotherThread(() -> events.completed(6));
          throw new IllegalStateException("a bug");
        });
    output("a");

    assertThat(heard).hasSize(2);
    assertThat(heard.get(1)).contains("CRASHED", "IllegalStateException").doesNotContain("a bug");
  }

  @Test
  void aStoppedAttemptPassesItsFailureOnByTheExecutorAndNothingElse() {
    events.stop(6, CUT, tasks::add);
    assertThat(events.ended()).isTrue();
    assertThat(heard).isEmpty();
    Stream.of("output", "usage", "completed").forEach(this::tell);
    tasks.forEach(Runnable::run);

    assertThat(heard).containsExactly("failed 6 " + CUT);
  }

  @Test
  void aStopDuringAnEventIsPassedOnByTheThreadThatIsBusyAndBeforeWhatWaits() {
    during.put(
        "output",
        () -> {
          output("b");
          onAnotherThread(() -> events.stop(6, CUT, tasks::add));
        });
    output("a");

    assertThat(tasks).isEmpty();
    assertThat(heard).containsExactly("output 5 CONTENT a", "failed 6 " + CUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"output", "head"})
  void nothingIsToldAfterAListenerCancelsWithinAnEvent(String event) {
    during.put(
        event,
        () -> {
          output("b");
          events.cancel();
          throw new IllegalStateException("a bug");
        });
    tell(event);
    Stream.of("output", "completed", "failed").forEach(this::tell);

    assertThat(heard).hasSize(1);
    assertThat(events.ended()).isTrue();
  }

  @Test
  void anAnswerThatBreaksItsFormatIsMalformed() {
    events.head(2, OK);
    events.guard(
        () -> {
          output("a");
          throw new MalformedAnswerException("not JSON");
        });

    assertThat(heard.get(2))
        .isEqualTo("failed 99 " + new Failure(Failure.Kind.MALFORMED, 200, "", "not JSON"));
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void whateverReadingThrowsEndsTheAttempt(Throwable thrown) {
    events.guard(() -> sneak(thrown));
    events.guard(() -> output("not read any more"));

    assertThat(heard).hasSize(1);
    assertThat(heard.get(0)).startsWith("failed 99");
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void passesOneEventOnAtATimeAndLosesNoneHoweverManyThreadsTell() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    CountDownLatch go = new CountDownLatch(4);
    for (int thread = 0; thread < 4; thread++) {
      threads.execute(
          () -> {
            go.countDown();
            while (go.getCount() > 0) {
              Thread.onSpinWait();
            }
            for (int event = 0; event < 5_000; event++) {
              tell(event % 2 == 0 ? "output" : "finish");
            }
          });
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    events.completed(6);

    assertThat(heard).hasSize(20_001).endsWith("completed 6");
  }
}
