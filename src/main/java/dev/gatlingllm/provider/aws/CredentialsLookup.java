package dev.gatlingllm.provider.aws;

import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * Looks credentials up on a thread of its own, because the SDK's chain reads files and asks
 * metadata services and the SDK waits for it on the thread that starts a call. The chain keeps and
 * renews what it found; it is asked again once a minute, and calls of that moment wait for the one
 * answer, without holding a thread. A look-up that failed is not kept.
 */
final class CredentialsLookup implements AutoCloseable {

  private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

  private final Supplier<AwsCredentials> chain;
  private final NanoClock clock;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread daemon = new Thread(task, "aws-credentials");
            daemon.setDaemon(true);
            return daemon;
          });
  private CompletableFuture<AwsCredentials> latest;
  private long latestNanos;

  CredentialsLookup(Supplier<AwsCredentials> chain, NanoClock clock) {
    this.chain = chain;
    this.clock = clock;
  }

  /** The credentials; already completed in all but the first call of a minute. */
  synchronized CompletableFuture<AwsCredentials> credentials() {
    long now = clock.nanos();
    if (latest == null
        || latest.isCompletedExceptionally()
        || (latest.isDone() && now - latestNanos > FRESH_NANOS)) {
      latest = CompletableFuture.supplyAsync(chain, thread);
      latestNanos = now;
    }
    return latest;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
