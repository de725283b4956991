// tutti-sim: the engine against a network, in virtual time. See simulation.h and scenario.h.
#include <cstdio>
#include <exception>
#include <string>

#include "report.h"
#include "scenario.h"
#include "simulation.h"

int main(int argc, char** argv) {
  using namespace tutti::sim;
  if (argc == 1 || std::string(argv[1]) == "--help") {
    std::fputs(usage().c_str(), argc == 1 ? stderr : stdout);
    return argc == 1 ? 2 : 0;
  }
  try {
    const Scenario scenario = scenario_from(argc, argv);
    const Wav input = read_wav(scenario.input);
    const Result result = simulate(scenario, input);
    if (!scenario.output.empty()) write_wav(scenario.output, result.output);
    if (!scenario.packets.empty()) write_packets(scenario.packets, result);
    const auto told = report(scenario, result);
    if (scenario.report.empty()) {
      std::puts(told.dump(2).c_str());
    } else {
      write_report(scenario.report, told);
    }
    return 0;
  } catch (const UsageError& e) {
    std::fprintf(stderr, "tutti-sim: %s\n\n%s", e.what(), usage().c_str());
    return 2;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "tutti-sim: %s\n", e.what());
    return 1;
  }
}
