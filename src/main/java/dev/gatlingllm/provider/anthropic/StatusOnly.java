package dev.gatlingllm.provider.anthropic;

import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpResponse;
import java.io.InputStream;

/** A response in the SDK's words; its body is decoded elsewhere. */
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
