package dev.gatlingllm.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

class CredentialsLookupTest {

  private static final AwsCredentials FIRST = AwsBasicCredentials.create("first", "secret");
  private static final AwsCredentials SECOND = AwsBasicCredentials.create("second", "secret");

  private static final Instant START = Instant.parse("2026-05-04T08:00:00Z");

  private volatile Instant now = START;
  private final Deque<AwsCredentials> chain = new ConcurrentLinkedDeque<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch open = new CountDownLatch(1);
  private final CredentialsLookup lookup = new CredentialsLookup(this::found, () -> now);

  @AfterEach
  void close() {
    lookup.close();
  }

  @Test
  void doesNotHoldTheCallerAndAsksOnceForAllWhoWait() throws Exception {
    chain.add(FIRST);
    var one = lookup.credentials();
    var two = lookup.credentials();
    assertThat(one).isNotDone();

    open.countDown();

    assertThat(one.get(60, TimeUnit.SECONDS)).isEqualTo(FIRST);
    assertThat(two.get(60, TimeUnit.SECONDS)).isEqualTo(FIRST);
  }

  @Test
  void asksAgainAfterAMinuteWhileCallsGoOn() throws Exception {
    open.countDown();
    chain.add(FIRST);
    chain.add(SECOND);
    assertThat(lookup.credentials().get(60, TimeUnit.SECONDS)).isEqualTo(FIRST);

    now = START.plusSeconds(59);
    assertThat(lookup.credentials()).isCompletedWithValue(FIRST);
    assertThat(asked.get()).isEqualTo(1);

    now = START.plusSeconds(60);
    assertThat(lookup.credentials()).isCompletedWithValue(FIRST);
    assertThat(next(FIRST)).isEqualTo(SECOND);
  }

  @Test
  void asksMoreOftenTheSoonerTheCredentialsExpireAndNeverHoldsACallThatHasValidOnes()
      throws Exception {
    open.countDown();
    AwsCredentials brief = session("first", START.plusSeconds(100));
    chain.add(brief);
    chain.add(brief);
    chain.add(session("second", START.plusSeconds(900)));
    assertThat(lookup.credentials().get(60, TimeUnit.SECONDS)).isEqualTo(brief);

    now = START.plusSeconds(24);
    assertThat(lookup.credentials()).isCompletedWithValue(brief);
    assertThat(asked.get()).isEqualTo(1);
    now = START.plusSeconds(25);
    assertThat(lookup.credentials()).isCompletedWithValue(brief);
    awaitAsked(2);

    now = START.plusSeconds(94);
    assertThat(lookup.credentials()).isCompletedWithValue(brief);
    assertThat(next(brief).accessKeyId()).isEqualTo("second");
  }

  @Test
  void credentialsOfTheLastSecondsAreNotUsed() throws Exception {
    open.countDown();
    chain.add(session("first", START.plusSeconds(100)));
    chain.add(SECOND);
    assertThat(lookup.credentials().get(60, TimeUnit.SECONDS).accessKeyId()).isEqualTo("first");

    now = START.plusSeconds(95);
    assertThat(lookup.credentials().get(60, TimeUnit.SECONDS)).isEqualTo(SECOND);
  }

  private static AwsCredentials session(String name, Instant expires) {
    return AwsSessionCredentials.builder()
        .accessKeyId(name)
        .secretAccessKey("secret")
        .sessionToken("token")
        .expirationTime(expires)
        .build();
  }

  /** What calls get once the look-up that is under way has ended. */
  private AwsCredentials next(AwsCredentials before) throws Exception {
    AwsCredentials got = before;
    while (got.equals(before)) {
      TimeUnit.MILLISECONDS.sleep(1);
      got = lookup.credentials().get(60, TimeUnit.SECONDS);
    }
    return got;
  }

  private void awaitAsked(int times) throws InterruptedException {
    while (asked.get() < times || !lookup.credentials().isDone()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  @Test
  void asksAgainAfterAFailure() throws Exception {
    open.countDown();
    assertThatThrownBy(() -> lookup.credentials().get(60, TimeUnit.SECONDS))
        .hasRootCauseMessage("none");

    chain.add(FIRST);
    assertThat(lookup.credentials().get(60, TimeUnit.SECONDS)).isEqualTo(FIRST);
  }

  private AwsCredentials found() {
    try {
      open.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    if (chain.isEmpty()) {
      throw new IllegalStateException("none");
    }
    asked.incrementAndGet();
    return chain.remove();
  }
}
