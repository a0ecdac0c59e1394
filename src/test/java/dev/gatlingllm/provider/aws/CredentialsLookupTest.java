package dev.gatlingllm.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

class CredentialsLookupTest {

  private static final AwsCredentials FIRST = AwsBasicCredentials.create("first", "secret");
  private static final AwsCredentials SECOND = AwsBasicCredentials.create("second", "secret");

  private final AtomicLong now = new AtomicLong();
  private final Deque<AwsCredentials> chain = new ArrayDeque<>();
  private final CountDownLatch open = new CountDownLatch(1);
  private final CredentialsLookup lookup = new CredentialsLookup(this::next, now::get);

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
  void asksAgainAfterAMinute() throws Exception {
    open.countDown();
    chain.add(FIRST);
    chain.add(SECOND);
    assertThat(lookup.credentials().get(60, TimeUnit.SECONDS)).isEqualTo(FIRST);

    now.set(TimeUnit.SECONDS.toNanos(60));
    assertThat(lookup.credentials()).isCompletedWithValue(FIRST);

    now.set(TimeUnit.SECONDS.toNanos(60) + 1);
    assertThat(lookup.credentials().get(60, TimeUnit.SECONDS)).isEqualTo(SECOND);
  }

  @Test
  void asksAgainAfterAFailure() throws Exception {
    open.countDown();
    assertThatThrownBy(() -> lookup.credentials().get(60, TimeUnit.SECONDS))
        .hasRootCauseMessage("none");

    chain.add(FIRST);
    assertThat(lookup.credentials().get(60, TimeUnit.SECONDS)).isEqualTo(FIRST);
  }

  private AwsCredentials next() {
    try {
      open.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    if (chain.isEmpty()) {
      throw new IllegalStateException("none");
    }
    return chain.remove();
  }
}
