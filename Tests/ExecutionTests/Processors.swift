import Execution
import Testing

@Suite struct ProcessorsTests {
    /// The quota that these files grant.
    private func quota(_ groups: String, _ files: [String: String]) -> Double? {
        Processors.quota(ofGroups: groups) { files[$0] }
    }

    @Test("There is always one") func one() {
        #expect(Processors.usable >= 1)
    }

    @Test("Those of the mask may be used") func mask() {
        #expect(Processors.allowed(status: "Name:\tunroll\nCpus_allowed:\t1\nCpus_allowed_list:\t0\n") == 1)
        #expect(Processors.allowed(status: "Cpus_allowed:\tff,0000000f\n") == 12)
        #expect(Processors.allowed(status: "Name:\tunroll\n") == nil)
    }

    @Test("Without a quota there is none") func none() {
        #expect(quota("", [:]) == nil)
        #expect(quota("0::/\n", [:]) == nil)
        #expect(quota("0::/a\n", ["/sys/fs/cgroup/a/cpu.max": "max 100000\n"]) == nil)
        let unlimited = [
            "/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us": "-1\n",
            "/sys/fs/cgroup/cpu/a/cpu.cfs_period_us": "100000\n",
        ]
        #expect(quota("4:cpu,cpuacct:/a\n", unlimited) == nil)
    }

    @Test("The tightest group counts, whichever holds the process") func tightest() {
        let files = [
            "/sys/fs/cgroup/cpu.max": "800000 100000\n", "/sys/fs/cgroup/a/cpu.max": "150000 100000\n",
            "/sys/fs/cgroup/a/b/cpu.max": "max 100000\n",
        ]
        #expect(quota("0::/a/b\n", files) == 1.5)
        #expect(quota("0::/c\n", files) == 8)
    }

    @Test("The older groups count in microseconds, in two files") func older() {
        let files = [
            "/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us": "50000\n",
            "/sys/fs/cgroup/cpu/a/cpu.cfs_period_us": "100000\n",
        ]
        #expect(quota("5:memory:/a\n4:cpu,cpuacct:/a\n0::/\n", files) == 0.5)
    }
}
