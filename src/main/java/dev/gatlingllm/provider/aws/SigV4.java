package dev.gatlingllm.provider.aws;

import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.provider.transport.Authorization;
import dev.gatlingllm.provider.transport.Proof;
import dev.gatlingllm.secret.Secret;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * Signs requests with AWS's Signature Version 4: method, path, query, headers and body as they go
 * out. The signature is made by the AWS SDK's own signer.
 */
public final class SigV4 implements Authorization {

  private final Supplier<CompletableFuture<AwsCredentials>> credentials;
  private final String service;
  private final String region;
  private final ServiceClock clock;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  /**
   * Signs with the credentials of the chain.
   *
   * @param service the name that the service has in signatures, such as {@code bedrock-mantle}
   * @param region the region of the service
   */
  public SigV4(DefaultChain chain, String service, String region) {
    this(chain::credentials, service, region, InstantSource.system());
  }

  SigV4(
      Supplier<CompletableFuture<AwsCredentials>> credentials,
      String service,
      String region,
      InstantSource clock) {
    this.credentials = credentials;
    this.service = service;
    this.region = region;
    this.clock = new ServiceClock(clock);
  }

  @Override
  public CompletableFuture<Proof> proof() {
    return credentials.get().thenApply(Signature::new);
  }

  @Override
  public void answered(int status, Optional<String> date) {
    boolean unused = clock.answered(status, date);
  }

  private final class Signature implements Proof {

    private final AwsCredentials by;

    Signature(AwsCredentials by) {
      this.by = by;
    }

    @Override
    public void addTo(Outgoing request) {
      HttpHeaders headers = request.headers();
      headers.set(HttpHeaderNames.HOST, host(request.uri()));
      SdkHttpRequest unsigned = unsigned(request);
      signer
          .sign(
              sign ->
                  sign.identity(by)
                      .request(unsigned)
                      .payload(ContentStreamProvider.fromByteArrayUnsafe(request.body()))
                      .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                      .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                      .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock.now()))
          .request()
          .forEachHeader(
              (name, values) -> {
                if (isOfSignature(name)) {
                  headers.set(name, values);
                }
              });
    }

    /** The credentials are hidden since they were found. */
    @Override
    public Optional<Secret> secret() {
      return Optional.empty();
    }
  }

  private static boolean isOfSignature(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("authorization") || lower.startsWith("x-amz-");
  }

  private static SdkHttpRequest unsigned(Proof.Outgoing request) {
    URI uri = request.uri();
    SdkHttpRequest.Builder built =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(request.method()))
            .uri(uri)
            .host(ServiceAddress.host(uri).orElseThrow())
            .port(ServiceAddress.port(uri));
    request
        .headers()
        .names()
        .forEach(name -> built.putHeader(name, List.copyOf(request.headers().getAll(name))));
    return built.build();
  }

  /** As HTTP wants it: with the port, unless it is that of the scheme. */
  private static String host(URI uri) {
    String host = ServiceAddress.host(uri).orElseThrow();
    int port = ServiceAddress.port(uri);
    boolean usual = port == ("https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80);
    return usual ? host : host + ":" + port;
  }
}
