package dev.gatlingllm.provider.openai;

import com.openai.core.http.Headers;
import com.openai.core.http.HttpResponse;
import java.io.InputStream;

/** What the SDK is told of a response whose body is decoded elsewhere. */
record StatusOnly(int statusCode) implements HttpResponse {

  private static final Headers NONE = Headers.builder().build();

  @Override
  public Headers headers() {
    return NONE;
  }

  @Override
  public InputStream body() {
    return InputStream.nullInputStream();
  }

  @Override
  public void close() {}
}
