package dev.gatlingllm.provider.azure;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.OpenAIServiceVersion;
import com.azure.core.credential.KeyCredential;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.http.policy.AddHeadersPolicy;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.util.ClientOptions;
import com.azure.core.util.Configuration;
import dev.gatlingllm.provider.transport.HttpTransport;
import dev.gatlingllm.secret.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Builds the SDK's client the way a measurement needs it. */
final class AzureSdk {

  private static final HttpHeaderName API_KEY = HttpHeaderName.fromString("api-key");

  private AzureSdk() {}

  /**
   * The client: no retries, no logging of requests, no time limit but that of connecting.
   *
   * @param credential used where there is no key, unless the endpoint is plain text
   */
  static OpenAIAsyncClient client(
      AzureOpenAiSettings settings, HttpTransport transport, TokenCredential credential) {
    OpenAIClientBuilder builder =
        new OpenAIClientBuilder()
            .endpoint(settings.endpoint().toString())
            .httpClient(httpClient(settings, transport))
            .clientOptions(new ClientOptions().setApplicationId(settings.client().userAgent()))
            .httpLogOptions(new HttpLogOptions().setLogLevel(HttpLogDetailLevel.NONE))
            .retryPolicy(new NoRetryPolicy());
    setApiVersion(builder, settings.apiVersion());
    setCredential(builder, settings, credential);
    builder.addPolicy(new ExtraHeadersPolicy());
    // The last one, so that what comes before it is not counted as the service's time.
    builder.addPolicy(new ReceivePolicy());
    return builder.buildAsyncClient();
  }

  private static HttpClient httpClient(AzureOpenAiSettings settings, HttpTransport transport) {
    return new NettyAsyncHttpClientBuilder(transport.client())
        // The transport knows the proxies already.
        .configuration(Configuration.NONE)
        .connectTimeout(settings.client().connectTimeout())
        .writeTimeout(Duration.ZERO)
        .responseTimeout(Duration.ZERO)
        .readTimeout(Duration.ZERO)
        .build();
  }

  private static void setApiVersion(OpenAIClientBuilder builder, String apiVersion) {
    Optional<OpenAIServiceVersion> known =
        Arrays.stream(OpenAIServiceVersion.values())
            .filter(version -> version.getVersion().equals(apiVersion))
            .findFirst();
    known.ifPresentOrElse(
        builder::serviceVersion, () -> builder.addPolicy(new ApiVersionPolicy(apiVersion)));
  }

  private static void setCredential(
      OpenAIClientBuilder builder, AzureOpenAiSettings settings, TokenCredential credential) {
    Optional<String> key = settings.key().map(Secret::reveal);
    if (settings.plainText()) {
      // The SDK's own credentials refuse plain text, on loopback too.
      key.ifPresent(
          value -> builder.addPolicy(new AddHeadersPolicy(new HttpHeaders().set(API_KEY, value))));
    } else if (key.isPresent()) {
      builder.credential(new KeyCredential(key.get()));
    } else {
      builder.credential(credential);
    }
  }
}
