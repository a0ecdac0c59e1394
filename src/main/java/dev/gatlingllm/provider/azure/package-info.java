/** Azure OpenAI through Microsoft's SDK. The only package that imports {@code com.azure}. */
package dev.gatlingllm.provider.azure;
