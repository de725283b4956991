// tutti-kernels: each kernel under Google Benchmark, with its options.
#include <benchmark/benchmark.h>

#include <string>

#include "kernel.h"

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  for (const tutti::bench::Kernel& kernel : tutti::bench::all_kernels()) {
    benchmark::RegisterBenchmark(std::string(kernel.name).c_str(),
                                 [kernel](benchmark::State& state) {
                                   const tutti::bench::Run run = kernel.prepare();
                                   for (auto _ : state) benchmark::DoNotOptimize(run());
                                 });
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
