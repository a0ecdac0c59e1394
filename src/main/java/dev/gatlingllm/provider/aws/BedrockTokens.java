package dev.gatlingllm.provider.aws;

import dev.gatlingllm.provider.transport.BearerTokens;
import dev.gatlingllm.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * Short-term API keys of Bedrock, made on this machine of the credentials of the chain: an address
 * of the action {@code CallWithBearerToken}, signed in its query, in the form of AWS's own {@code
 * aws-bedrock-token-generator}. One is valid for twelve hours, or as long as its credentials are;
 * the next one is made five minutes before, or with new credentials, which takes no request.
 */
public final class BedrockTokens implements BearerTokens {

  private static final String HOST = "bedrock.amazonaws.com";
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration BEFORE_EXPIRY = Duration.ofMinutes(5);

  /** The part of its life in whose last one a token that is short-lived is renewed. */
  private static final int PART = 4;

  private record Kept(AwsCredentials by, Secret token, Instant renewAt) {}

  private final Supplier<CompletableFuture<AwsCredentials>> credentials;
  private final String region;
  private final ServiceClock clock;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private Optional<Kept> kept = Optional.empty();

  /**
   * Tokens of the chain's credentials.
   *
   * @param region where they are valid
   */
  public BedrockTokens(DefaultChain chain, String region) {
    this(chain::credentials, region, InstantSource.system());
  }

  BedrockTokens(
      Supplier<CompletableFuture<AwsCredentials>> credentials, String region, InstantSource clock) {
    this.credentials = credentials;
    this.region = region;
    this.clock = new ServiceClock(clock);
  }

  @Override
  public CompletableFuture<Secret> token() {
    return credentials.get().thenApply(this::of);
  }

  @Override
  public void answered(int status, Optional<String> date) {
    if (clock.answered(status, date)) {
      forget();
    }
  }

  private synchronized void forget() {
    kept = Optional.empty();
  }

  private synchronized Secret of(AwsCredentials by) {
    Instant now = clock.instant();
    Optional<Kept> valid = kept.filter(one -> one.by().equals(by) && now.isBefore(one.renewAt()));
    if (valid.isEmpty()) {
      Duration life = life(by, now);
      Duration ahead = least(BEFORE_EXPIRY, life.dividedBy(PART));
      kept = Optional.of(new Kept(by, made(by, life), now.plus(life).minus(ahead)));
    }
    return kept.orElseThrow().token();
  }

  private static Duration life(AwsCredentials by, Instant now) {
    Duration life =
        by.expirationTime()
            .map(expires -> least(LONGEST, Duration.between(now, expires)))
            .orElse(LONGEST);
    return life.compareTo(SHORTEST) < 0 ? SHORTEST : life;
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Secret made(AwsCredentials by, Duration life) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .protocol("https")
            .host(HOST)
            .encodedPath("/")
            .putHeader("host", HOST)
            .putRawQueryParameter("Action", "CallWithBearerToken")
            .build();
    SdkHttpRequest signed =
        signer
            .sign(
                sign ->
                    sign.identity(by)
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "bedrock")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, life)
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock.now()))
            .request();
    String address = signed.getUri().toString().substring("https://".length()) + "&Version=1";
    return Secret.of(
        "bedrock-api-key-"
            + Base64.getEncoder().encodeToString(address.getBytes(StandardCharsets.UTF_8)));
  }
}
