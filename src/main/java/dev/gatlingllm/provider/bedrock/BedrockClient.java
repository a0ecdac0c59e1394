package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.aws.DefaultChain;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Calls Amazon Bedrock: ConverseStream or InvokeModelWithResponseStream, or Converse or InvokeModel
 * where the answer is not to be streamed. One SDK client for each region, made when its first call
 * starts; all share one HTTP client.
 *
 * <p>Events are told on the event loops of that HTTP client, an attempt that never got as far on
 * the thread that found out. A call that was given up tells nothing more. Over HTTP/1.1 the SDK's
 * client takes a cut connection for the end of the answer, so a cut between the stop reason and the
 * usage report goes unnoticed.
 */
public final class BedrockClient implements LlmClient {

  private final BedrockSettings settings;
  private final Secrets secrets = new Secrets();
  private final SdkFailures failures = new SdkFailures(secrets);
  private final Transport transport;
  private final StampingHttpClient httpClient;
  private final DefaultChain chain;
  private volatile Optional<AwsCredentials> hidden = Optional.empty();
  private final Map<String, RegionClient> regions = new ConcurrentHashMap<>();

  /** Opens no connection yet. */
  public BedrockClient(BedrockSettings settings) {
    this(settings, new Transport(settings));
  }

  /**
   * A client for a simulated endpoint on this machine, whose certificate nobody vouches for:
   * exactly that one is trusted.
   *
   * @throws IllegalArgumentException if the endpoint is not on a loopback host
   */
  public static BedrockClient trusting(X509Certificate only, BedrockSettings settings) {
    settings.checkLoopback();
    return new BedrockClient(
        settings, new Transport(settings, settings.client().network().idle(), Optional.of(only)));
  }

  BedrockClient(BedrockSettings settings, Transport transport) {
    this.settings = settings;
    this.transport = transport;
    this.httpClient = new StampingHttpClient(transport, failures);
    this.chain = new DefaultChain(InstantSource.system());
    settings.apiKey().ifPresent(key -> secrets.add(key.value()));
    settings.accessKey().ifPresent(secrets::add);
  }

  @Override
  public String provider() {
    return "bedrock";
  }

  @Override
  public CallHandle start(LlmRequest request, CallListener listener) {
    String region = request.region().isEmpty() ? settings.region() : request.region();
    SdkExchange exchange =
        new SdkExchange(
            listener,
            settings.client().clock(),
            region,
            settings.options().body(),
            request.streaming());
    BedrockCall call = new BedrockCall(exchange, failures);
    try {
      send(call, translated(request).with(settings.headersOf(request.headers())), region);
    } catch (Throwable crash) {
      call.failed(crash);
    }
    return call;
  }

  @Override
  public String defaultModel() {
    return settings.modelId();
  }

  @Override
  public void check(LlmRequest request) {
    SdkRequest unused = translated(request);
  }

  private SdkRequest translated(LlmRequest request) {
    BedrockOptions options = settings.options();
    return options
        .body()
        .<SdkRequest>map(body -> InvokeCall.of(request, settings.modelId(), body, options))
        .orElseGet(() -> ConverseCall.of(request, settings.modelId(), options));
  }

  @Override
  public List<Executor> eventLoops() {
    return transport.eventLoops();
  }

  @Override
  public void close() {
    regions.values().forEach(client -> client.sdk().close());
    transport.close();
    chain.close();
  }

  private void send(BedrockCall call, SdkRequest request, String region) {
    RegionClient client =
        regions.computeIfAbsent(region, name -> RegionClient.of(name, settings, httpClient));
    if (client.needsCredentials()) {
      CompletableFuture<AwsCredentials> unused =
          chain
              .credentials()
              .whenComplete(
                  (found, thrown) -> {
                    if (thrown == null) {
                      hide(found);
                      call.send(request, client.sdk(), Optional.of(found));
                    } else {
                      call.failedWithoutCredentials(reason(thrown));
                    }
                  });
    } else {
      call.send(request, client.sdk(), Optional.empty());
    }
  }

  private static String reason(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    return cause.getMessage();
  }

  /** No failure may show them, however short they are. */
  private void hide(AwsCredentials found) {
    if (hidden.filter(found::equals).isPresent()) {
      return;
    }
    secrets.add(found.accessKeyId());
    secrets.add(found.secretAccessKey());
    if (found instanceof AwsSessionCredentials session) {
      secrets.add(session.sessionToken());
    }
    hidden = Optional.of(found);
  }
}
