package dev.gatlingllm.provider.anthropic;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpRequestBody;
import com.anthropic.core.http.HttpResponse;
import dev.gatlingllm.provider.transport.Authorization;
import dev.gatlingllm.provider.transport.SdkRelay;
import dev.gatlingllm.secret.Secret;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The SDK's requests, in the words of the relay that sends them. */
record AnthropicTransport(SdkRelay relay) implements HttpClient {

  /** The key, or a proof. */
  record Credentials(AnthropicSettings settings) implements SdkRelay.Credentials {

    @Override
    public Optional<Secret> key() {
      return settings.key();
    }

    @Override
    public Optional<Authorization> authorization() {
      return settings.authorization();
    }

    @Override
    public void apply(HttpHeaders headers) {
      settings.key().ifPresent(key -> headers.set("x-api-key", key.reveal()));
    }
  }

  @Override
  public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
    Optional<HttpRequestBody> body = request.body();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    body.ifPresent(one -> one.writeTo(bytes));
    SdkRelay.Request relayed =
        new SdkRelay.Request(
            request.method().name(),
            request.url(),
            request.headers().names().stream()
                .collect(Collectors.toMap(Function.identity(), request.headers()::values)),
            bytes.toByteArray(),
            body.map(HttpRequestBody::contentType));
    return relay.send(relayed).thenApply(response -> new StatusOnly(response.status()));
  }

  @Override
  public HttpResponse execute(HttpRequest request, RequestOptions options) {
    throw new UnsupportedOperationException("only the asynchronous client is used");
  }

  /** The connections belong to whoever made the relay. */
  @Override
  public void close() {}
}
