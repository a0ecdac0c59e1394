package dev.gatlingllm.provider.azure;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.rest.RequestOptions;
import com.azure.core.util.BinaryData;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.ConnectsAhead;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.RequestHeaders;
import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.chat.ChatBody;
import dev.gatlingllm.provider.transport.HttpCall;
import dev.gatlingllm.provider.transport.HttpTransport;
import dev.gatlingllm.provider.transport.OpenCalls;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Chat completions of an Azure OpenAI resource. The request goes through the whole SDK (credential,
 * api-version, pipeline); the bytes of the response are taken where they enter that pipeline.
 *
 * <p>Events come on the transport's event loops. {@link LlmRequest#region} and {@link
 * LlmRequest#latencyMode} have no meaning here and are ignored. Without a credential a call ends as
 * rejected, with status 0 and the exception's name as its code.
 */
public final class AzureOpenAiClient implements LlmClient, ConnectsAhead {

  private final AzureOpenAiSettings settings;
  private final HttpTransport transport;
  private final OpenCalls calls;
  private final OpenAIAsyncClient sdk;

  /** A client; connects, and looks for a credential, when the first call needs it. */
  public AzureOpenAiClient(AzureOpenAiSettings settings) {
    this(settings, new EnvironmentCredential(() -> new DefaultAzureCredentialBuilder().build()));
  }

  AzureOpenAiClient(AzureOpenAiSettings settings, TokenCredential credential) {
    this(settings, credential, Optional.empty());
  }

  private AzureOpenAiClient(
      AzureOpenAiSettings settings, TokenCredential credential, Optional<X509Certificate> only) {
    this.settings = settings;
    transport = new HttpTransport(provider(), settings.client(), settings.endpoint(), only);
    calls =
        new OpenCalls(
            settings.client().clock(),
            InstantSource.system(),
            settings.key(),
            transport.executor());
    sdk = AzureSdk.client(settings, transport, credential);
  }

  /**
   * A client for a simulated endpoint on this machine, whose certificate nobody vouches for:
   * exactly that one is trusted.
   *
   * @throws IllegalArgumentException if the endpoint is not on a loopback host
   */
  public static AzureOpenAiClient trusting(X509Certificate only, AzureOpenAiSettings settings) {
    ServiceAddress.checkLoopback("llm.azure.endpoint", settings.endpoint());
    return new AzureOpenAiClient(
        settings,
        new EnvironmentCredential(() -> new DefaultAzureCredentialBuilder().build()),
        Optional.of(only));
  }

  /**
   * Opens connections for the default deployment or model; looks for a credential first, if there
   * is no key.
   */
  @Override
  public CompletableFuture<Integer> connect(int wanted) {
    return transport
        .opening()
        .open(wanted, listener -> start(LlmRequest.ofPrompt("never sent"), listener));
  }

  @Override
  public String provider() {
    return "azure-openai";
  }

  @Override
  public CallHandle start(LlmRequest request, CallListener listener) {
    HttpCall call =
        calls.open(AnswerFormat.CHAT.answerTo(request, settings.client().limits()), listener);
    try {
      if (!call.ended()) {
        send(request, call);
      }
    } catch (Throwable e) {
      call.crash(e);
    }
    return call;
  }

  @Override
  public String defaultModel() {
    return settings.deployment();
  }

  @Override
  public void check(LlmRequest request) {
    byte[] unused = ChatBody.json(request, settings.maxTokensField());
  }

  private void send(LlmRequest request, HttpCall call) {
    RequestHeaders headers =
        settings.client().network().headersOf(request.headers(), settings.endpoint());
    String deployment = request.model().isEmpty() ? settings.deployment() : request.model();
    BinaryData body = BinaryData.fromBytes(ChatBody.json(request, settings.maxTokensField()));
    RequestOptions options =
        new RequestOptions()
            .setContext(ExtraHeadersPolicy.in(ReceivePolicy.contextOf(call), headers));
    call.attach(
        sdk.getChatCompletionsWithResponse(deployment, body, options)
            .subscribe(ignored -> {}, call::error));
  }

  @Override
  public List<Executor> eventLoops() {
    return transport.eventLoops();
  }

  @Override
  public void close() {
    calls.close();
    transport.close();
  }
}
