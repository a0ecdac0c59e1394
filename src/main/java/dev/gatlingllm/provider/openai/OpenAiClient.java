package dev.gatlingllm.provider.openai;

import com.openai.client.OpenAIClientAsync;
import com.openai.client.OpenAIClientAsyncImpl;
import com.openai.core.ClientOptions;
import com.openai.core.JsonValue;
import com.openai.core.LogLevel;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.models.Model;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.services.async.ResponseServiceAsync;
import com.openai.services.async.chat.ChatCompletionServiceAsync;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.ConnectsAhead;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.chat.ChatBody;
import dev.gatlingllm.provider.chat.ResponsesBody;
import dev.gatlingllm.provider.transport.SdkRelay;
import dev.gatlingllm.secret.Secret;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Chat completions and responses of OpenAI and of servers that speak its format. The SDK builds,
 * serialises and authenticates the request; the response is stamped and decoded by our transport.
 *
 * <p>Events come on the transport's event loops. {@link LlmRequest#region} and {@link
 * LlmRequest#latencyMode} have no meaning here and are ignored. Without a token a call ends as
 * rejected, with status 0 and the exception's name as its code.
 */
public final class OpenAiClient implements LlmClient, ConnectsAhead {

  // The SDK wants some credential, even for servers that need none; the transport drops it.
  private static final String NO_KEY = "none";

  private final OpenAiSettings settings;
  private final SdkRelay relay;
  private final OpenAIClientAsync sdk;

  /** A client; connects when the first call needs it. */
  public OpenAiClient(OpenAiSettings settings) {
    this(settings, Optional.empty());
  }

  private OpenAiClient(OpenAiSettings settings, Optional<X509Certificate> only) {
    this.settings = settings;
    relay =
        new SdkRelay(
            provider(),
            settings.client(),
            settings.baseUrl(),
            new OpenAiTransport.Credentials(settings),
            only);
    sdk =
        new OpenAIClientAsyncImpl(
            ClientOptions.builder()
                .httpClient(new OpenAiTransport(relay))
                .baseUrl(relay.addressForSdk())
                .apiKey(settings.key().map(Secret::reveal).orElse(NO_KEY))
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
  public static OpenAiClient trusting(X509Certificate only, OpenAiSettings settings) {
    ServiceAddress.checkLoopback("llm.openai.baseUrl", settings.baseUrl());
    return new OpenAiClient(settings, Optional.of(only));
  }

  /**
   * Opens connections for the default deployment or model; looks for a credential first, if there
   * is no key.
   */
  @Override
  public CompletableFuture<Integer> connect(int wanted) {
    return relay.connect(wanted, listener -> start(LlmRequest.ofPrompt("never sent"), listener));
  }

  @Override
  public String provider() {
    return "openai";
  }

  @Override
  public CallHandle start(LlmRequest request, CallListener listener) {
    return relay.start(
        settings.api().answerTo(request, settings.client().limits()),
        request.headers(),
        listener,
        id -> send(request, id));
  }

  @Override
  public void check(LlmRequest request) {
    if (settings.api() == AnswerFormat.CHAT) {
      ChatCompletionCreateParams unused = chat(request, "");
    } else {
      ResponseCreateParams unused = response(request, "");
    }
  }

  @Override
  public String defaultModel() {
    return settings.model();
  }

  /**
   * Asks the server which models it has.
   *
   * @return their names; fails if it does not tell
   */
  public CompletableFuture<List<String>> models() {
    return sdk.models()
        .list()
        .thenApply(page -> page.data().stream().map(Model::id).sorted().toList());
  }

  // The raw responses: the others would have a thread of their own parse an empty body.
  @SuppressWarnings(
      "MustBeClosedChecker") // What the SDK gets, RelayedResponse, holds nothing open.
  private CompletableFuture<?> send(LlmRequest request, String id) {
    if (settings.api() == AnswerFormat.RESPONSES) {
      ResponseServiceAsync.WithRawResponse responses = sdk.responses().withRawResponse();
      return request.streaming()
          ? responses.createStreaming(response(request, id))
          : responses.create(response(request, id));
    }
    ChatCompletionServiceAsync.WithRawResponse completions =
        sdk.chat().completions().withRawResponse();
    return request.streaming()
        ? completions.createStreaming(chat(request, id))
        : completions.create(chat(request, id));
  }

  @SuppressWarnings("unchecked") // A JsonValue is a JsonField of anything.
  private ChatCompletionCreateParams chat(LlmRequest request, String id) {
    ChatCompletionCreateParams.Builder params =
        ChatCompletionCreateParams.builder()
            .model(model(request))
            .putAdditionalHeader(SdkRelay.CALL_HEADER, id)
            .messages(JsonValue.from(ChatBody.messages(request)));
    ChatBody.options(request, settings.maxTokensField())
        .forEach((name, value) -> params.putAdditionalBodyProperty(name, JsonValue.from(value)));
    return params.build();
  }

  private ResponseCreateParams response(LlmRequest request, String id) {
    ResponseCreateParams.Builder params =
        ResponseCreateParams.builder()
            .model(model(request))
            .putAdditionalHeader(SdkRelay.CALL_HEADER, id);
    ResponsesBody.fields(request)
        .forEach((name, value) -> params.putAdditionalBodyProperty(name, JsonValue.from(value)));
    return params.build();
  }

  private String model(LlmRequest request) {
    return request.model().isEmpty() ? settings.model() : request.model();
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
