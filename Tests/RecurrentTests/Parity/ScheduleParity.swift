import Recurrent
import Testing

extension Parity {
    @Test(arguments: Fixture.cases("sched"))
    func `schedules give PyTorch's learning rates`(schedule: Case) throws {
        let rates = schedule.rates
        let cycled = schedule.content["momentums"] == nil ? 0 : 0.9
        let momentum = schedule.content["initial_momentum"]?.number ?? cycled
        let optimizer = SGD(
            groups: schedule.initialRates.map { rate in
                let parameter = Tensor.zeros([1]).requiringGradient()
                return ParameterGroup([parameter], SGDRule(learningRate: rate, momentum: momentum))
            }
        )
        let stepped = try make(schedule.content, optimizer)
        try follow(stepped, schedule, rates, optimizer)
        // Chained schedules change the rates of each other, whichever starts over first.
        guard stepped.count == 1 else { return }
        stepped[0].restart()
        try follow(stepped, schedule, rates, optimizer)
    }

    private func follow(
        _ schedules: [any Schedule],
        _ schedule: Case,
        _ rates: [[Double]],
        _ optimizer: SGD
    ) throws {
        let metrics = schedule.content["metrics"]?.doubles
        let momenta = schedule.content["momentums"]?.doubles
        for (step, expected) in rates.enumerated() {
            for stepped in schedules where step > 0 {
                if let metrics { stepped.step(metrics[step - 1]) } else { stepped.step() }
            }
            #expect(expected.count == optimizer.groups.count)
            for (group, rate) in zip(optimizer.groups, expected) {
                expectEqual(group.rule.learningRate, rate, "\(schedule.id) after step \(step)")
                if let momenta { expectEqual(group.rule.momentum, momenta[step], schedule.id) }
            }
        }
    }

    private func expectEqual(_ ours: Double, _ theirs: Double, _ what: String) {
        #expect(abs(ours - theirs) <= 1e-12 * max(abs(theirs), 1e-3), "\(what): \(ours) is not \(theirs)")
    }

    private func plateau(_ options: Recorded, _ optimizer: SGD) -> ReduceLROnPlateau<SGDRule> {
        ReduceLROnPlateau(
            optimizer,
            mode: options["mode"]?.text == "max" ? .max : .min,
            factor: options["factor"]?.number ?? 0.1,
            patience: options["patience"]?.int ?? 10,
            threshold: options["threshold"]?.number ?? 1e-4,
            thresholdMode: options["threshold_mode"]?.text == "abs" ? .absolute : .relative,
            cooldown: options["cooldown"]?.int ?? 0,
            minimum: options["min_lr"]?.number ?? 0,
            epsilon: options["eps"]?.number ?? 1e-8
        )
    }

    /// The schedule of a case; several where PyTorch chains them.
    private func make(_ schedule: Recorded, _ optimizer: SGD) throws -> [any Schedule] {
        let options = schedule.at("kwargs")
        let parts = options["schedulers"]?.list ?? []
        switch schedule["scheduler"]?.text {
        case "ReduceLROnPlateau": return [plateau(options, optimizer)]
        case "OneCycleLR": return [try oneCycle(options, optimizer)]
        case "CyclicLR": return [try cyclic(options, optimizer)]
        case "ChainedScheduler": return try parts.flatMap { try make($0, optimizer) }
        case "SequentialLR":
            let milestones = try #require(options["milestones"]).ints
            return [SequentialSchedule(try parts.flatMap { try make($0, optimizer) }, at: milestones)]
        default: return [try plain(schedule, options, optimizer)]
        }
    }

    private func plain(
        _ schedule: Recorded,
        _ options: Recorded,
        _ optimizer: SGD
    ) throws -> any Schedule {
        let number = { (name: String, usual: Double) in options[name]?.number ?? usual }
        switch schedule["scheduler"]?.text {
        case "StepLR":
            return StepDecay(
                optimizer,
                every: try #require(options["step_size"]?.int),
                factor: number("gamma", 0.1)
            )
        case "MultiStepLR":
            return MilestoneDecay(optimizer, at: options.at("milestones").ints, factor: number("gamma", 0.1))
        case "ExponentialLR":
            return ExponentialDecay(optimizer, factor: number("gamma", 0.1))
        case "ConstantLR":
            let duration = options["total_iters"]?.int ?? 5
            return ConstantFactor(optimizer, number("factor", 1 / 3), over: duration)
        case "PolynomialLR":
            return PolynomialDecay(
                optimizer,
                over: options["total_iters"]?.int ?? 5,
                power: number("power", 1)
            )
        case "CosineAnnealingLR":
            let duration = try #require(options["T_max"]?.int)
            return CosineAnnealing(optimizer, over: duration, to: number("eta_min", 0))
        case "CosineAnnealingWarmRestarts":
            return CosineRestarts(
                optimizer,
                every: try #require(options["T_0"]?.int),
                growth: options["T_mult"]?.int ?? 1,
                to: number("eta_min", 0)
            )
        case "LinearLR":
            return LinearWarmUp(
                optimizer,
                from: number("start_factor", 1 / 3),
                to: number("end_factor", 1),
                over: options["total_iters"]?.int ?? 5
            )
        case "LambdaLR":
            let tables = try #require(options["factors"]?.list)
            guard tables.first?.list != nil else {
                let factors = options.at("factors").doubles
                return FactorSchedule(optimizer) { factors[$0] }
            }
            return FactorSchedule(optimizer, factors: tables.map(\.doubles).map { table in { table[$0] } })
        default:
            throw UnknownCase(description: "\(schedule["scheduler"]?.text ?? "")")
        }
    }

    private func oneCycle(_ options: Recorded, _ optimizer: SGD) throws -> any Schedule {
        let number = { (name: String, usual: Double) in options[name]?.number ?? usual }
        let maximum = try #require(options["max_lr"]?.number)
        let annealing: OneCycle<SGDRule>.Annealing =
            options["anneal_strategy"]?.text == "linear" ? .linear : .cosine
        let momentum: (Double, Double)? =
            options["cycle_momentum"]?.bool == false
            ? nil : (number("base_momentum", 0.85), number("max_momentum", 0.95))
        guard let epochs = options["epochs"]?.int else {
            return OneCycle(
                optimizer,
                maximum: maximum,
                steps: try #require(options["total_steps"]?.int),
                rising: number("pct_start", 0.3),
                annealing: annealing,
                momentum: momentum,
                divisor: number("div_factor", 25),
                finalDivisor: number("final_div_factor", 1e4),
                threePhases: options["three_phase"]?.bool ?? false
            )
        }
        return OneCycle(
            optimizer,
            maximum: maximum,
            epochs: epochs,
            stepsPerEpoch: try #require(options["steps_per_epoch"]?.int),
            rising: number("pct_start", 0.3),
            annealing: annealing,
            momentum: momentum,
            divisor: number("div_factor", 25),
            finalDivisor: number("final_div_factor", 1e4),
            threePhases: options["three_phase"]?.bool ?? false
        )
    }

    private func cyclic(_ options: Recorded, _ optimizer: SGD) throws -> any Schedule {
        let number = { (name: String, usual: Double) in options[name]?.number ?? usual }
        let mode: CyclicSchedule<SGDRule>.Mode =
            switch options["mode"]?.text {
            case "triangular2": .halved
            case "exp_range": .exponential(number("gamma", 1))
            default: .triangular
            }
        return CyclicSchedule(
            optimizer,
            from: try #require(options["base_lr"]?.number),
            to: try #require(options["max_lr"]?.number),
            rising: options["step_size_up"]?.int ?? 2000,
            falling: options["step_size_down"]?.int,
            mode: mode,
            momentum: options["cycle_momentum"]?.bool == false
                ? nil : (number("base_momentum", 0.8), number("max_momentum", 0.9))
        )
    }
}

extension Case {
    /// The rates of the groups before the schedule is made.
    fileprivate var initialRates: [Double] {
        content["initial_lrs"]?.doubles ?? [self["initial_lr"].number ?? .nan]
    }

    /// The rates of the groups, first right after the schedule was made and then after each step.
    fileprivate var rates: [[Double]] {
        if let after = content["lr_after_step"]?.doubles { return [initialRates] + after.map { [$0] } }
        return (self["lrs"].list ?? []).map { $0.number.map { [$0] } ?? $0.doubles }
    }
}
