package dev.gatlingllm.provider.aws;

import dev.gatlingllm.provider.transport.Renewed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * Looks credentials up on a thread of its own, because the SDK's chain reads files and asks
 * metadata services and the SDK waits for it on the thread that starts a call. The chain keeps and
 * renews what it found, some of it no sooner than 15 seconds before it expires; it is asked again
 * once a minute, and more often the sooner the credentials expire. Calls of that moment get the old
 * ones as long as these are valid. A look-up that failed is not kept.
 */
final class CredentialsLookup implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** The part of the time that is left after which the chain is asked again. */
  private static final int PART = 4;

  /** A request is not judged at the moment when it is signed. */
  private static final Duration ON_THE_WAY = Duration.ofSeconds(5);

  private final Supplier<AwsCredentials> chain;
  private final InstantSource clock;
  private final Renewed<AwsCredentials> kept;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread daemon = new Thread(task, "aws-credentials");
            daemon.setDaemon(true);
            return daemon;
          });

  CredentialsLookup(Supplier<AwsCredentials> chain, InstantSource clock) {
    this.chain = chain;
    this.clock = clock;
    this.kept = new Renewed<>(() -> CompletableFuture.supplyAsync(this::lookUp, thread), clock);
  }

  /** The credentials; already completed where valid ones are at hand. */
  CompletableFuture<AwsCredentials> credentials() {
    return kept.get();
  }

  private Renewed.Lease<AwsCredentials> lookUp() {
    Instant now = clock.instant();
    AwsCredentials found = chain.get();
    Instant expires = found.expirationTime().orElse(Instant.MAX);
    return new Renewed.Lease<>(found, now.plus(pause(now, expires)), expires.minus(ON_THE_WAY));
  }

  private static Duration pause(Instant now, Instant expires) {
    if (expires.isAfter(now.plus(LONGEST.multipliedBy(PART)))) {
      return LONGEST;
    }
    Duration part = Duration.between(now, expires).dividedBy(PART);
    return part.compareTo(SHORTEST) < 0 ? SHORTEST : part;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
