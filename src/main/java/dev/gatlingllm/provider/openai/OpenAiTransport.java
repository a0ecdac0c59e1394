package dev.gatlingllm.provider.openai;

import com.openai.core.RequestOptions;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpRequestBody;
import com.openai.core.http.HttpResponse;
import dev.gatlingllm.provider.transport.Authorization;
import dev.gatlingllm.provider.transport.SdkRelay;
import dev.gatlingllm.secret.Secret;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The SDK's requests, in the words of the relay that sends them. */
record OpenAiTransport(SdkRelay relay) implements HttpClient {

  /** The key or a proof; without either, what the SDK says in its place is not sent. */
  record Credentials(OpenAiSettings settings) implements SdkRelay.Credentials {

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
      if (settings.key().isEmpty() || settings.keyHeader() == KeyHeader.API_KEY) {
        headers.remove(HttpHeaderNames.AUTHORIZATION);
      }
      if (settings.keyHeader() == KeyHeader.API_KEY) {
        settings.key().ifPresent(key -> headers.set("api-key", key.reveal()));
      }
    }
  }

  @Override
  public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
    return relay
        .send(relayed(request))
        .thenApply(response -> new RelayedResponse(response.status(), response.body()));
  }

  private static SdkRelay.Request relayed(HttpRequest request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request.headers().names().forEach(name -> headers.put(name, request.headers().values(name)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Optional<HttpRequestBody> body = Optional.ofNullable(request.body());
    body.ifPresent(one -> one.writeTo(bytes));
    return new SdkRelay.Request(
        request.method().name(),
        request.url(),
        headers,
        bytes.toByteArray(),
        body.map(HttpRequestBody::contentType));
  }

  @Override
  public HttpResponse execute(HttpRequest request, RequestOptions options) {
    throw new UnsupportedOperationException("only the asynchronous client is used");
  }

  /** The connections belong to whoever made the relay. */
  @Override
  public void close() {}
}
