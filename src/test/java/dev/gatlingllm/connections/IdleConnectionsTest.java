package dev.gatlingllm.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.ConnectionUse;
import dev.gatlingllm.provider.NetworkSettings;
import dev.gatlingllm.provider.Proxies;
import dev.gatlingllm.provider.RequestHeaders;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.timing.NanoClock;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that servers close when nothing is sent on them for a while. */
class IdleConnectionsTest {

  private static final AttributeKey<Long> ANSWERED = AttributeKey.valueOf("answered");
  private static final Duration LONG = Duration.ofHours(1);

  /** The client reads the end within; if not, nothing is proved, but nothing fails. */
  private static final long AFTER_THE_END_MILLIS = 50;

  private static final RetryPolicy AGAIN =
      new RetryPolicy(false, false, 3, 0, Long.MAX_VALUE, true, () -> 0);

  private static ClientSettings settings(Duration idle, NanoClock clock) {
    return ClientSettings.of(Duration.ofSeconds(30), 10, clock)
        .with(new NetworkSettings(idle, RequestHeaders.NONE, Proxies.NONE, false));
  }

  private static Caller caller(Wire wire, Endpoint endpoint, Duration idle, RetryPolicy retry) {
    return new Caller(
        wire.client(endpoint.uri(), settings(idle, NanoClock.SYSTEM)), NanoClock.SYSTEM, retry);
  }

  /** Closes each connection when it takes its second request, as one that was given up. */
  private static Consumer<Exchange> closingUnderTheSecond() {
    AttributeKey<Boolean> used = AttributeKey.valueOf("used");
    return exchange -> {
      if (exchange.connection().attr(used).getAndSet(true) == null) {
        exchange.answer("hello").flush();
      } else {
        exchange.close();
      }
    };
  }

  private static void awaitClosed(Channel connection) throws InterruptedException {
    assertThat(connection.closeFuture().await(60, TimeUnit.SECONDS)).as("closed in 60 s").isTrue();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aReusedConnectionThatTheServerClosesIsNoFailureOfTheService(Wire wire) throws Exception {
    try (Endpoint endpoint = new Endpoint(wire, closingUnderTheSecond());
        Caller caller = caller(wire, endpoint, LONG, RetryPolicy.NONE)) {
      assertThat(caller.callAndSettle("one").outcome()).isEqualTo(Outcome.SUCCEEDED);
      CallResult second = caller.call("two");

      assertThat(second.outcome()).isEqualTo(Outcome.BROKEN);
      assertThat(second.error()).isEqualTo("reused connection closed by the server");
      assertThat(second.errorDetail()).contains("had been idle for", "llm.timeout.idle");
      assertThat(second.attempts()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void suchACallIsSentAgainWhereTheUserWantsThat(Wire wire) throws Exception {
    try (Endpoint endpoint = new Endpoint(wire, closingUnderTheSecond());
        Caller caller = caller(wire, endpoint, LONG, AGAIN)) {
      assertThat(caller.callAndSettle("one").outcome()).isEqualTo(Outcome.SUCCEEDED);
      CallResult second = caller.call("two");

      assertThat(second.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(second.attempts())
          .extracting(CallResult.AttemptTimes::outcome)
          .containsExactly(Outcome.BROKEN, Outcome.SUCCEEDED);
      assertThat(endpoint.connections()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aNewConnectionThatTheServerClosesIsItsFailure(Wire wire) throws Exception {
    try (Endpoint endpoint = new Endpoint(wire, Exchange::close);
        Caller caller = caller(wire, endpoint, LONG, AGAIN)) {
      CallResult only = caller.call("one");

      assertThat(only.outcome()).isEqualTo(Outcome.BROKEN);
      assertThat(only.error()).startsWith("broken before first token");
      assertThat(only.attempts()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aCallSaysWhetherItsConnectionWasOpenedForIt(Wire wire) throws Exception {
    try (Endpoint endpoint = new Endpoint(wire, exchange -> exchange.answer("hello").flush());
        Caller caller = caller(wire, endpoint, LONG, RetryPolicy.NONE)) {
      ConnectionUse first = caller.callAndSettle("one").connection();
      ConnectionUse second = caller.call("two").connection();

      assertThat(first.reused()).isFalse();
      assertThat(first.tcpNanos()).isPresent();
      assertThat(first.tlsNanos()).isEmpty();
      assertThat(second).isEqualTo(ConnectionUse.REUSED);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Wire.class,
      names = {"OPENAI", "AZURE"})
  void noCallMeetsAServersIdleLimit(Wire wire) throws Exception {
    AtomicLong now = new AtomicLong();
    Random random = new Random(5);
    Endpoint server = limited(wire, now, Duration.ofSeconds(5));
    try (Endpoint endpoint = server;
        Caller caller =
            new Caller(
                wire.client(endpoint.uri(), settings(NetworkSettings.DEFAULT_IDLE, now::get)),
                now::get,
                RetryPolicy.NONE)) {
      int reused = 0;
      for (int i = 0; i < 200; i++) {
        CallResult result = caller.callAndSettle("call " + i);
        assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.SUCCEEDED);
        reused += result.connection().reused() ? 1 : 0;
        now.addAndGet((long) ((3.5 + 2 * random.nextDouble()) * 1e9));
      }
      assertThat(reused).as("calls after less than 4 s").isBetween(10, 190);
    }
  }

  /** What a client that waits too long meets: the end of the connection is on its way. */
  private static Endpoint limited(Wire wire, AtomicLong now, Duration idle)
      throws InterruptedException {
    return new Endpoint(
        wire,
        exchange -> {
          Long answered = exchange.connection().attr(ANSWERED).getAndSet(now.get());
          boolean given = answered != null && now.get() - answered >= idle.toNanos();
          if (given) {
            exchange.close();
          } else {
            exchange.answer("hello").flush();
          }
        });
  }

  @ParameterizedTest
  @EnumSource(
      value = Wire.class,
      names = {"OPENAI", "AZURE"})
  void aClientThatWaitsLongerMeetsIt(Wire wire) throws Exception {
    AtomicLong now = new AtomicLong();
    try (Endpoint endpoint = limited(wire, now, Duration.ofSeconds(5));
        Caller caller =
            new Caller(
                wire.client(endpoint.uri(), settings(Duration.ofSeconds(55), now::get)),
                now::get,
                RetryPolicy.NONE)) {
      assertThat(caller.callAndSettle("one").outcome()).isEqualTo(Outcome.SUCCEEDED);
      now.addAndGet(5_000_000_000L);

      CallResult second = caller.call("two");
      assertThat(second.error()).isEqualTo("reused connection closed by the server");
      assertThat(second.errorDetail()).contains("idle for 5.000 s");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Wire.class,
      names = {"OPENAI", "AZURE"})
  void aServersKeepAliveHeaderHoldsForItsConnection(Wire wire) throws Exception {
    AtomicLong now = new AtomicLong();
    try (Endpoint endpoint =
            new Endpoint(
                wire, exchange -> exchange.answer("hello", "keep-alive", "timeout=3").flush());
        Caller caller =
            new Caller(
                wire.client(endpoint.uri(), settings(Duration.ofSeconds(4), now::get)),
                now::get,
                RetryPolicy.NONE)) {
      for (long pauseMillis : new long[] {1_999, 2_000, 1_999}) {
        caller.callAndSettle("a call");
        now.addAndGet(pauseMillis * 1_000_000);
      }
      caller.call("the last");
      assertThat(endpoint.connections()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Wire.class,
      names = {"BEDROCK_HTTP1", "BEDROCK_HTTP2"})
  void bedrocksClientClosesIdleConnectionsItself(Wire wire) throws Exception {
    try (Endpoint endpoint = new Endpoint(wire, exchange -> exchange.answer("hello").flush());
        Caller caller = caller(wire, endpoint, Duration.ofMillis(50), RetryPolicy.NONE)) {
      caller.call("one");
      awaitClosed(endpoint.connections().get(0));

      assertThat(caller.call("two").outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Wire.class,
      names = {"BEDROCK_HTTP1"})
  void bedrocksClientHeedsTheKeepAliveHeader(Wire wire) throws Exception {
    try (Endpoint endpoint =
            new Endpoint(
                wire, exchange -> exchange.answer("hello", "keep-alive", "timeout=1").flush());
        Caller caller = caller(wire, endpoint, LONG, RetryPolicy.NONE)) {
      caller.call("one");
      awaitClosed(endpoint.connections().get(0));

      assertThat(caller.call("two").outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aConnectionWhoseEndWasSeenIsNotUsedAgain(Wire wire) throws Exception {
    try (Endpoint endpoint = new Endpoint(wire, exchange -> exchange.answer("hello").flush());
        Caller caller = caller(wire, endpoint, LONG, RetryPolicy.NONE)) {
      for (int i = 0; i < 3; i++) {
        Stream.of("a", "b", "c", "d").map(caller::begin).toList().forEach(CompletableFuture::join);
        caller.callAndSettle("e");
        for (Channel connection : endpoint.connections()) {
          connection.close().await();
        }
        Thread.sleep(AFTER_THE_END_MILLIS);
        assertThat(caller.call("f").errorDetail()).doesNotContain("before it took the request");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void headersOfTheSettingsAreSent(Wire wire) throws Exception {
    AtomicInteger seen = new AtomicInteger();
    ClientSettings settings =
        ClientSettings.of(Duration.ofSeconds(30), 10, NanoClock.SYSTEM)
            .with(
                new NetworkSettings(
                    LONG,
                    new RequestHeaders(Map.of("X-Team", "perf", "Authorization", "Basic eDp5")),
                    Proxies.NONE,
                    false));
    try (Endpoint endpoint =
            new Endpoint(
                wire,
                exchange -> {
                  boolean both =
                      exchange.header("x-team").equals("perf")
                          && (wire.bedrock()
                              || exchange.header("authorization").equals("Basic eDp5"));
                  seen.addAndGet(both ? 1 : 0);
                  exchange.answer("hello").flush();
                });
        Caller caller =
            new Caller(wire.client(endpoint.uri(), settings), NanoClock.SYSTEM, RetryPolicy.NONE)) {
      caller.call("one");
      assertThat(seen).hasValue(1);
    }
  }
}
