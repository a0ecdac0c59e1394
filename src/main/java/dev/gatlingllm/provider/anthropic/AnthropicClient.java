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
import dev.gatlingllm.provider.transport.SdkRelay;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Anthropic's Messages API. The SDK builds and serialises the request; the response is stamped and
 * decoded by our transport.
 *
 * <p>Events come on the transport's event loops. {@link LlmRequest#region} and {@link
 * LlmRequest#latencyMode} have no meaning here and are ignored. Without a token a call ends as
 * rejected, with status 0 and the exception's name as its code.
 */
public final class AnthropicClient implements LlmClient, ConnectsAhead {

  private final AnthropicSettings settings;
  private final SdkRelay relay;
  private final AnthropicClientAsync sdk;

  /** A client; connects when the first call needs it. */
  public AnthropicClient(AnthropicSettings settings) {
    this(settings, Optional.empty());
  }

  private AnthropicClient(AnthropicSettings settings, Optional<X509Certificate> only) {
    this.settings = settings;
    relay =
        new SdkRelay(
            provider(),
            settings.client(),
            settings.baseUrl(),
            new AnthropicTransport.Credentials(settings),
            only);
    sdk =
        new AnthropicClientAsyncImpl(
            ClientOptions.builder()
                .httpClient(new AnthropicTransport(relay))
                .baseUrl(relay.addressForSdk())
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
    return relay.connect(
        wanted, listener -> start(LlmRequest.ofPrompt("never sent").withMaxTokens(1), listener));
  }

  @Override
  public String provider() {
    return "anthropic";
  }

  @Override
  public CallHandle start(LlmRequest request, CallListener listener) {
    return relay.start(
        answerTo(request, settings.client().limits()),
        request.headers(),
        listener,
        id -> send(request, id));
  }

  // The raw responses: the others would have a thread of their own parse an empty body.
  @SuppressWarnings("MustBeClosedChecker") // What the SDK gets, StatusOnly, holds nothing open.
  private CompletableFuture<?> send(LlmRequest request, String id) {
    MessageServiceAsync.WithRawResponse messages = sdk.messages().withRawResponse();
    return request.streaming()
        ? messages.createStreaming(params(request, id))
        : messages.create(params(request, id));
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
            .maxTokens(upperBound(fields.remove("max_tokens")))
            .messages(JsonValue.from(fields.remove("messages")))
            .putAdditionalHeader(SdkRelay.CALL_HEADER, id);
    fields.forEach((name, value) -> params.putAdditionalBodyProperty(name, JsonValue.from(value)));
    return params.build();
  }

  /** The extra body may have changed it. */
  private static long upperBound(Object tokens) {
    if (tokens instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException("extraBody.max_tokens must be a number, was " + tokens);
  }

  @Override
  public List<Executor> eventLoops() {
    return relay.eventLoops();
  }

  @Override
  public void close() {
    relay.close();
  }
}
