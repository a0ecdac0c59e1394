package dev.gatlingllm.provider.anthropic;

import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.AnthropicClientAsyncImpl;
import com.anthropic.core.ClientOptions;
import com.anthropic.core.JsonValue;
import com.anthropic.core.LogLevel;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.services.async.MessageServiceAsync;
import dev.gatlingllm.provider.AnswerLimits;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.ConnectsAhead;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.SerializedListener;
import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.provider.transport.Answer;
import dev.gatlingllm.provider.transport.HttpCall;
import dev.gatlingllm.provider.transport.HttpTransport;
import dev.gatlingllm.provider.transport.OpenCalls;
import dev.gatlingllm.provider.transport.SdkAddress;
import dev.gatlingllm.provider.transport.SdkRelay;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Anthropic's Messages API. The SDK builds and serialises the request; the response is stamped and
 * decoded by our transport.
 *
 * <p>Events are told on the transport's event loops. {@link LlmRequest#region} and {@link
 * LlmRequest#latencyMode} have no meaning here and are ignored. Without a token a call ends as
 * rejected, with status 0 and the exception's name as its code.
 */
public final class AnthropicClient implements LlmClient, ConnectsAhead {

  private final AnthropicSettings settings;
  private final HttpTransport connections;
  private final SdkRelay relay;
  private final OpenCalls calls;
  private final AnthropicClientAsync sdk;

  /** A client; connects when the first call needs it. */
  public AnthropicClient(AnthropicSettings settings) {
    this(settings, Optional.empty());
  }

  private AnthropicClient(AnthropicSettings settings, Optional<X509Certificate> only) {
    this.settings = settings;
    connections = new HttpTransport(provider(), settings.client(), settings.baseUrl(), only);
    SdkAddress address = new SdkAddress(settings.baseUrl());
    relay =
        new SdkRelay(
            connections, settings.client(), new AnthropicTransport.Credentials(settings), address);
    calls =
        new OpenCalls(
            settings.client().clock(),
            InstantSource.system(),
            settings.key(),
            connections.executor());
    sdk =
        new AnthropicClientAsyncImpl(
            ClientOptions.builder()
                .httpClient(new AnthropicTransport(relay))
                .baseUrl(address.forSdk())
                .replaceHeaders("anthropic-version", settings.version())
                .maxRetries(0)
                .logLevel(LogLevel.OFF)
                .streamHandlerExecutor(Runnable::run)
                .build());
  }

  /**
   * A client for a simulated endpoint on this machine, whose certificate nobody vouches for:
   * exactly that one is trusted.
   *
   * @throws IllegalArgumentException if the endpoint is not on a loopback host
   */
  public static AnthropicClient trusting(X509Certificate only, AnthropicSettings settings) {
    ServiceAddress.checkLoopback("llm.anthropic.baseUrl", settings.baseUrl());
    return new AnthropicClient(settings, Optional.of(only));
  }

  /** Opens connections; looks for a credential first, if there is no key. */
  @Override
  public CompletableFuture<Integer> connect(int wanted) {
    return connections
        .opening()
        .open(
            wanted,
            listener -> start(LlmRequest.ofPrompt("never sent").withMaxTokens(1), listener));
  }

  @Override
  public String provider() {
    return "anthropic";
  }

  // The raw responses: the others would have a thread of their own parse an empty body.
  @SuppressWarnings("MustBeClosedChecker") // What the SDK gets, StatusOnly, holds nothing open.
  @Override
  public CallHandle start(LlmRequest request, CallListener listener) {
    HttpCall call = calls.open(answerTo(request, settings.client().limits()), listener);
    if (call.ended()) {
      return call;
    }
    String id = relay.expect(call);
    try {
      MessageServiceAsync.WithRawResponse messages = sdk.messages().withRawResponse();
      MessageCreateParams params = params(request, id);
      CompletableFuture<?> unused =
          (request.streaming() ? messages.createStreaming(params) : messages.create(params))
              .whenComplete((ignored, failure) -> relay.settle(call, id, failure));
    } catch (Throwable e) {
      relay.settle(call, id, e);
    }
    return call;
  }

  static Answer.Factory answerTo(LlmRequest request, AnswerLimits limits) {
    return (status, listener) ->
        status >= 200 && status <= 299
            ? Optional.of(answer(request, limits, listener))
            : Optional.empty();
  }

  private static Answer answer(
      LlmRequest request, AnswerLimits limits, SerializedListener listener) {
    MessagesDecoder decoder = new MessagesDecoder(listener);
    return request.streaming()
        ? new Answer.Streamed(decoder, limits)
        : new Answer.Whole(decoder, limits);
  }

  @Override
  public void check(LlmRequest request) {
    MessageCreateParams unused = params(request, "");
  }

  @Override
  public String defaultModel() {
    return settings.model();
  }

  @SuppressWarnings("unchecked") // A JsonValue is a JsonField of anything.
  private MessageCreateParams params(LlmRequest request, String id) {
    Map<String, Object> fields = MessagesBody.DIRECT.fields(request, settings.version());
    MessageCreateParams.Builder params =
        MessageCreateParams.builder()
            .model(request.model().isEmpty() ? settings.model() : request.model())
            .maxTokens(((Number) fields.remove("max_tokens")).longValue())
            .messages(JsonValue.from(fields.remove("messages")))
            .putAdditionalHeader(SdkRelay.CALL_HEADER, id);
    fields.forEach((name, value) -> params.putAdditionalBodyProperty(name, JsonValue.from(value)));
    return params.build();
  }

  @Override
  public List<Executor> eventLoops() {
    return connections.eventLoops();
  }

  @Override
  public void close() {
    calls.close();
    connections.close();
  }
}
