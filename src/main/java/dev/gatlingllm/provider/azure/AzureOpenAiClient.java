package dev.gatlingllm.provider.azure;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.rest.RequestOptions;
import com.azure.core.util.BinaryData;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.http.ChatBody;
import dev.gatlingllm.provider.http.ChatCall;
import dev.gatlingllm.provider.http.ChatCalls;
import dev.gatlingllm.provider.http.HttpTransport;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Chat completions of an Azure OpenAI resource. The request goes through the whole SDK (credential,
 * api-version, pipeline); the bytes of the response are taken where they enter that pipeline.
 *
 * <p>Events are told on the transport's event loops. {@link LlmRequest#region} and {@link
 * LlmRequest#latencyMode} have no meaning here and are ignored. A credential that cannot be had
 * ends a call as rejected, with status 0 and the exception's name as its code.
 */
public final class AzureOpenAiClient implements LlmClient {

  private final AzureOpenAiSettings settings;
  private final HttpTransport transport;
  private final ChatCalls calls;
  private final OpenAIAsyncClient sdk;

  /** A client; connects, and looks for a credential, when the first call needs it. */
  public AzureOpenAiClient(AzureOpenAiSettings settings) {
    this(settings, new EnvironmentCredential(() -> new DefaultAzureCredentialBuilder().build()));
  }

  AzureOpenAiClient(AzureOpenAiSettings settings, TokenCredential credential) {
    this.settings = settings;
    transport = new HttpTransport(provider(), settings.connectTimeout(), settings.maxConnections());
    calls =
        new ChatCalls(
            settings.clock(), InstantSource.system(), settings.key(), transport.executor());
    sdk = AzureSdk.client(settings, transport, credential);
  }

  @Override
  public String provider() {
    return "azure-openai";
  }

  @Override
  public CallHandle start(LlmRequest request, CallListener listener) {
    ChatCall call = calls.open(request.streaming(), listener);
    try {
      if (!call.ended()) {
        send(request, call);
      }
    } catch (RuntimeException | LinkageError e) {
      call.crash(e);
    }
    return call;
  }

  private void send(LlmRequest request, ChatCall call) {
    String deployment = request.model().isEmpty() ? settings.deployment() : request.model();
    BinaryData body = BinaryData.fromBytes(ChatBody.json(request, settings.maxTokensField()));
    RequestOptions options = new RequestOptions().setContext(ReceivePolicy.contextOf(call));
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
