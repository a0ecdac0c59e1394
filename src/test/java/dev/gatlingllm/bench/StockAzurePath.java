package dev.gatlingllm.bench;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.http.policy.AddHeadersPolicy;
import com.azure.core.util.Configuration;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import reactor.netty.resources.ConnectionProvider;

/** The loop of the SDK's own documentation: a flux of model objects, stamped as they come. */
final class StockAzurePath implements StreamPath {

  private static final String ID_PREFIX = "chatcmpl-";

  private final OpenAIAsyncClient sdk;

  StockAzurePath(URI endpoint) {
    // The SDK's defaults would stop at 500 connections, and at chunks more than a minute apart.
    reactor.netty.http.client.HttpClient netty =
        reactor.netty.http.client.HttpClient.create(ConnectionProvider.create("stock", 12_000));
    sdk =
        new OpenAIClientBuilder()
            .endpoint(endpoint.toString())
            .httpClient(
                new NettyAsyncHttpClientBuilder(netty)
                    .configuration(Configuration.NONE)
                    .readTimeout(Duration.ZERO)
                    .responseTimeout(Duration.ZERO)
                    .build())
            .addPolicy(
                new AddHeadersPolicy(
                    new HttpHeaders().set(HttpHeaderName.fromString("api-key"), "simulated")))
            .buildAsyncClient();
  }

  @Override
  public void stream(String prompt, int tokens, Consumer<CallStamps> onEnd) {
    ChatCompletionsOptions options =
        new ChatCompletionsOptions(List.of(new ChatRequestUserMessage(prompt)))
            .setMaxTokens(tokens);
    Reading reading = new Reading(tokens);
    var unused =
        sdk.getChatCompletionsStream("gpt", options)
            .subscribe(
                reading::take,
                failure -> onEnd.accept(reading.stamps.of(reading.id)),
                () -> onEnd.accept(reading.stamps.of(reading.id)));
  }

  private static final class Reading {
    private final StampList stamps;
    private String id = "";

    Reading(int tokens) {
      stamps = new StampList(System.nanoTime(), tokens);
    }

    void take(ChatCompletions event) {
      long nanos = System.nanoTime();
      if (event.getChoices() == null || event.getChoices().isEmpty()) {
        return;
      }
      var delta = event.getChoices().get(0).getDelta();
      if (delta != null && delta.getContent() != null && !delta.getContent().isEmpty()) {
        stamps.add(nanos);
        id = event.getId().substring(ID_PREFIX.length());
      }
    }
  }

  @Override
  public void close() {}
}
