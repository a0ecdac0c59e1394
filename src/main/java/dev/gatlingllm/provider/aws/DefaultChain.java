package dev.gatlingllm.provider.aws;

import dev.gatlingllm.provider.transport.CredentialException;
import dev.gatlingllm.secret.KnownSecrets;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The credentials that the AWS SDK's default chain finds: of variables, profiles, single sign-on,
 * web identities, containers and machines. Safe for use by many threads, and never blocks.
 */
public final class DefaultChain implements AutoCloseable {

  private final DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
  private final CredentialsLookup lookup;

  /**
   * A chain that is searched when the first call needs it.
   *
   * @param clock the time that the credentials' expiry is compared with
   */
  public DefaultChain(InstantSource clock) {
    this.lookup = new CredentialsLookup(this::lookUp, clock);
  }

  /**
   * The credentials, which nothing that this process writes shows.
   *
   * @return already completed where they are at hand; fails with a {@link CredentialException}
   *     whose message says why there are none
   */
  public CompletableFuture<AwsCredentials> credentials() {
    return lookup
        .credentials()
        .exceptionally(
            failure -> {
              throw asCredentialException(failure);
            });
  }

  private static CredentialException asCredentialException(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return new CredentialException(
        cause instanceof NoCredentials
            ? cause
            : new NoCredentials("no AWS credentials: " + CredentialsCause.causes(cause)));
  }

  /** The chain has none, for the reason in the message. */
  private static final class NoCredentials extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoCredentials(String reason) {
      super(reason);
    }
  }

  private AwsCredentials lookUp() {
    AwsCredentials found = chained();
    KnownSecrets secrets = KnownSecrets.ofProcess();
    secrets.add(found.accessKeyId());
    secrets.add(found.secretAccessKey());
    if (found instanceof AwsSessionCredentials session) {
      secrets.add(session.sessionToken());
    }
    return found;
  }

  /** Asks the chain; runs on the thread of the look-up, as does the search for the cause. */
  private AwsCredentials chained() {
    try {
      return chain.resolveCredentials();
    } catch (RuntimeException none) {
      // Its own message is a list of what nobody set up.
      throw new NoCredentials(CredentialsCause.text());
    }
  }

  @Override
  public void close() {
    lookup.close();
    chain.close();
  }
}
