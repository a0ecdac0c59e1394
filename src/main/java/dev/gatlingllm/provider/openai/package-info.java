/**
 * OpenAI, and servers that speak its format, through OpenAI's SDK. The only package that imports
 * {@code com.openai}.
 */
package dev.gatlingllm.provider.openai;
